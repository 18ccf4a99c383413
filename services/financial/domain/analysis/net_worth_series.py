"""Net worth at the end of each month, told from how accounts stand now and what moved on them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.financial.domain.account import AccountType
from services.financial.domain.balances import AccountStanding
from services.financial.domain.net_worth import net_worth
from services.financial.domain.period import Month
from services.shared.domain.ids import AccountId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class MonthMovement:
    """The signed sum of one account's transactions in one month."""

    account_id: AccountId
    month: Month
    amount: Money


@dataclass(frozen=True, slots=True)
class NetWorthPoint:
    """Net worth at the end of `day`.

    `assets` sums the positive balances by kind of account, `liabilities` the sizes of the negative ones; a kind whose
    accounts are all on the other side, or empty, is not there. `change` is against the point before, None on the first.
    """

    month: Month
    day: date
    net_worth: Money
    total_assets: Money
    total_liabilities: Money
    assets: dict[AccountType, Money]
    liabilities: dict[AccountType, Money]
    change: Money | None


def net_worth_series(
    standings: Sequence[AccountStanding],
    movements: Iterable[MonthMovement],
    months: Sequence[Month],
    as_of: date,
    currency: str,
    at_market: Mapping[Month, Mapping[AccountId, Money]] | None = None,
) -> list[NetWorthPoint]:
    """A point for each of the months, which are consecutive and in order.

    A balance at a month's end is the balance now less everything that moved later, so `movements` must hold every
    account's months after the first of `months`. The accounts are those in `currency`; other currencies are not
    converted. A month that is not over on `as_of` ends there. Where `at_market` says what an account's holdings are
    worth at a month's end, that counts instead of its balance, which is only what was paid into it.
    """
    market = at_market or {}
    later = _by_month(movements)
    balances = {standing.account.id: standing.balance for standing in standings}
    for month in sorted((m for m in later if months and m > months[-1]), reverse=True):
        _undo(balances, later[month])
    ends: list[dict[AccountId, Money]] = []
    for month in reversed(months):
        ends.append(dict(balances))
        _undo(balances, later.get(month, {}))
    kinds = {standing.account.id: standing.account.account_type for standing in standings}
    points: list[NetWorthPoint] = []
    for month, end in zip(months, reversed(ends), strict=True):
        before = points[-1].net_worth if points else None
        end |= {account_id: worth for account_id, worth in market.get(month, {}).items() if account_id in end}
        points.append(_point(month, min(month.last, as_of), end, kinds, before, currency))
    return points


def _by_month(movements: Iterable[MonthMovement]) -> dict[Month, dict[AccountId, Money]]:
    found: dict[Month, dict[AccountId, Money]] = defaultdict(dict)
    for movement in movements:
        found[movement.month][movement.account_id] = movement.amount
    return found


def _undo(balances: dict[AccountId, Money], movements: dict[AccountId, Money]) -> None:
    for account_id, amount in movements.items():
        if account_id in balances:
            balances[account_id] -= amount


def _point(
    month: Month,
    day: date,
    balances: dict[AccountId, Money],
    kinds: dict[AccountId, AccountType],
    before: Money | None,
    currency: str,
) -> NetWorthPoint:
    worth = net_worth(balances.values(), currency)
    zero = Money.zero(currency)
    assets: dict[AccountType, Money] = {}
    liabilities: dict[AccountType, Money] = {}
    for account_id, balance in balances.items():
        kind = kinds[account_id]
        if balance > zero:
            assets[kind] = assets.get(kind, zero) + balance
        elif balance < zero:
            liabilities[kind] = liabilities.get(kind, zero) - balance
    change = None if before is None else worth.total - before
    return NetWorthPoint(
        month, day, worth.total, worth.assets, worth.liabilities, _in_order(assets), _in_order(liabilities), change
    )


def _in_order(parts: dict[AccountType, Money]) -> dict[AccountType, Money]:
    return {kind: parts[kind] for kind in AccountType if kind in parts}
