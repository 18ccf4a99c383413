"""Query: net worth, now or on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.financial.application.investments.holdings_value import HoldingsValuer, HoldingsWorth, held_on
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out
from services.financial.application.views import BalanceView, NetWorthView
from services.financial.domain.balances import AccountStanding
from services.financial.domain.net_worth import net_worth
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class GetNetWorthRequest:
    """At the end of `as_of`; now when it is None."""

    user_id: UserId
    currency: str = "INR"
    as_of: date | None = None


class GetNetWorth:
    """Answers with assets, liabilities and the balance of every account in the currency.

    An account with holdings on record (a snapshot, or investment transactions) counts with what they are worth at
    their newest prices on or before the day, and its balance does not count besides: the balance of such an account
    is what was paid into it, so both together would count the same money twice. All other accounts count with their
    balances. Before its first holding on record such an account counts with its balance, too.
    """

    def __init__(self, reader: FinanceReader, clock: Clock, valuer: HoldingsValuer) -> None:
        self._reader = reader
        self._valuer = valuer
        self._clock = clock

    async def __call__(self, request: GetNetWorthRequest) -> NetWorthView:
        """Net worth on the day; `as_of` in the answer is that day, else the newest record's or price's, else today."""
        day = today(self._clock)
        standings = await self._reader.standings(request.user_id, request.as_of)
        held = await held_on(self._valuer, request.user_id, standings, request.as_of or day)
        as_of = request.as_of or _newest(standings, held, day)
        standings = [_at_market(standing, held) for standing in standings]
        counted = [s for s in standings if s.account.currency == request.currency]
        worth = net_worth((s.balance for s in counted), request.currency)
        return NetWorthView(
            as_of=as_of,
            currency=request.currency,
            net_worth=worth.total.amount,
            assets=worth.assets.amount,
            liabilities=worth.liabilities.amount,
            accounts=tuple(balance_view(s) for s in counted),
            left_out=left_out(standings, request.currency),
        )


def _newest(standings: Sequence[AccountStanding], held: Mapping[AccountId, HoldingsWorth], today: date) -> date:
    """The day of the newest record, or of a newer price; today when there is no record."""
    recorded = max((s.last_transaction_on for s in standings if s.last_transaction_on), default=today)
    return max([recorded, *(worth.priced_on for worth in held.values() if worth.priced_on)])


def _at_market(standing: AccountStanding, held: Mapping[AccountId, HoldingsWorth]) -> AccountStanding:
    worth = held.get(standing.account.id)
    return standing if worth is None else replace(standing, balance=Money(worth.value, standing.account.currency))


def balance_view(standing: AccountStanding) -> BalanceView:
    """How a balance is shown."""
    account = standing.account
    return BalanceView(account.id, account.name, account.account_type, standing.balance.amount)
