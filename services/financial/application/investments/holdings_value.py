"""What the holdings of each account are worth, for figures over all of a person's accounts."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.financial.application.investments.readers import InvestmentReader, Portfolio
from services.financial.domain.balances import AccountStanding
from services.financial.domain.investments.holding import INVESTMENT_ACCOUNTS
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True)
class HoldingsWorth:
    """The value of everything an account holds; `priced_on` is the day of its newest price, None without one."""

    value: Decimal
    priced_on: date | None


class HoldingsValuer(Protocol):
    """Values accounts by what they hold."""

    async def values(self, user_id: UserId, as_of: date) -> Mapping[AccountId, HoldingsWorth]:
        """Of every account with holdings on record up to the end of the day, in the account's currency.

        An account with a snapshot or with investment transactions is in it, with 0 once all is sold; all others are
        not.
        """
        ...


async def held_on(
    valuer: HoldingsValuer, user_id: UserId, standings: Iterable[AccountStanding], as_of: date
) -> Mapping[AccountId, HoldingsWorth]:
    """What the valuer says; it is not asked when none of the person's accounts is of a kind that holds investments."""
    if INVESTMENT_ACCOUNTS.isdisjoint(standing.account.account_type for standing in standings):
        return {}
    return await valuer.values(user_id, as_of)


class PortfolioValuer:
    """Implements HoldingsValuer: newest price on or before the day, see `positions`."""

    def __init__(self, reader: InvestmentReader) -> None:
        self._reader = reader

    async def values(self, user_id: UserId, as_of: date) -> Mapping[AccountId, HoldingsWorth]:
        """Read the portfolio and add it up by account."""
        return await asyncio.to_thread(_worth, await self._reader.portfolio(user_id, as_of))


def _worth(portfolio: Portfolio) -> Mapping[AccountId, HoldingsWorth]:
    values: dict[AccountId, Decimal] = dict.fromkeys(portfolio.accounts, Decimal("0.00"))
    days: dict[AccountId, list[date]] = defaultdict(list)
    for currency in {label.currency for label in portfolio.accounts.values()}:
        for one in portfolio.positions(currency):
            values[one.key.account_id] += one.value or Decimal("0.00")
            if one.quote:
                days[one.key.account_id].append(one.quote.on)
    return {one: HoldingsWorth(value, max(days[one], default=None)) for one, value in values.items()}
