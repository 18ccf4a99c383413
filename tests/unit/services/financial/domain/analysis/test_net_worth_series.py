"""Net worth month by month against a walk forward through every transaction."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from services.financial.domain.account import Account, AccountType
from services.financial.domain.analysis.net_worth_series import MonthMovement, net_worth_series
from services.financial.domain.balances import AccountStanding
from services.financial.domain.period import Month
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money

FIRST = Month(2025, 11)
USER = UserId(new_uuid())
IDS = [AccountId(new_uuid()) for _ in range(3)]
KINDS = (AccountType.SAVINGS, AccountType.CREDIT_CARD, AccountType.SAVINGS)


def standing(index: int, paise: int) -> AccountStanding:
    account = Account(
        id=IDS[index],
        user_id=USER,
        account_type=KINDS[index],
        name=f"A{index}",
        institution="B",
        opening_balance=Money.zero(),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return AccountStanding(account, Money(Decimal(paise) / 100), None, 0)


def test_every_point_is_what_a_walk_forward_finds_in_10_000_cases() -> None:
    rng = Random(5)
    for _ in range(10_000):
        opening = [rng.randint(-(10**6), 10**6) for _ in IDS]
        moved = {(rng.randrange(3), rng.randrange(5)): rng.randint(-(10**6), 10**6) for _ in range(rng.randrange(6))}
        start = rng.randrange(5)
        _check(opening, moved, start, rng.randrange(start, 5))


def _check(opening: list[int], moved: dict[tuple[int, int], int], start: int, end: int) -> None:
    now = [opening[a] + sum(paise for (account, _), paise in moved.items() if account == a) for a in range(3)]
    movements = [
        MonthMovement(IDS[account], FIRST.plus(at), Money(Decimal(paise) / 100))
        for (account, at), paise in moved.items()
        if at > start
    ]
    months = [FIRST.plus(at) for at in range(start, end + 1)]
    points = net_worth_series([standing(a, now[a]) for a in range(3)], movements, months, date(2026, 2, 17), "INR")

    previous: int | None = None
    for at, point in zip(range(start, end + 1), points, strict=True):
        balances = [
            opening[a] + sum(p for (acc, when), p in moved.items() if acc == a and when <= at) for a in range(3)
        ]
        owned = sum(b for b in balances if b > 0)
        owed = -sum(b for b in balances if b < 0)
        assert point.total_assets.amount * 100 == owned
        assert point.total_liabilities.amount * 100 == owed
        assert point.net_worth.amount * 100 == owned - owed
        assert sum(m.amount for m in point.assets.values()) * 100 == owned
        assert sum(m.amount for m in point.liabilities.values()) * 100 == owed
        savings = sum(balances[a] for a in (0, 2) if balances[a] > 0)
        assert point.assets.get(AccountType.SAVINGS, Money.zero()).amount * 100 == savings
        assert point.change == (None if previous is None else Money(Decimal(owned - owed - previous) / 100))
        assert point.day == min(point.month.last, date(2026, 2, 17))
        previous = owned - owed
