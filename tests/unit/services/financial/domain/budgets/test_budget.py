"""What a budget allows: limits over time, what goes over into the next month, when an alert is due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest

from services.financial.domain.budgets.alert import BudgetAlert
from services.financial.domain.budgets.budget import Budget, BudgetLimit, Rollover
from services.financial.domain.budgets.events import BudgetExceeded, BudgetNearlySpent
from services.financial.domain.budgets.status import BudgetStatus, Level, budget_status
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money

NOW = datetime(2026, 11, 25, tzinfo=UTC)
FIRST = Month(2026, 1)


def rupees(paise: int) -> Money:
    return Money(Decimal(paise) / 100)


def a_budget(limit: int = 10_000_00, rollover: Rollover = Rollover.NONE, alert_percent: int | None = None) -> Budget:
    return Budget.start(
        user_id=UserId(new_uuid()),
        category=Category.GROCERIES,
        limit=BudgetLimit(FIRST, rupees(limit)),
        rollover=rollover,
        alert_percent=alert_percent,
        now=NOW,
    )


def status(budget: Budget, spent: int, as_of: date | None = None) -> BudgetStatus:
    found = budget_status(budget, {FIRST: rupees(spent)}, FIRST, as_of)
    assert found is not None
    return found


@pytest.mark.parametrize("rollover", list(Rollover))
def test_what_is_carried_over_is_what_a_ledger_in_paise_holds(rollover: Rollover) -> None:
    rng = Random(rollover.value)
    for _ in range(3_400):
        limits = {at: rng.randint(1, 10**6) for at in {0, *(rng.randrange(6) for _ in range(2))}}
        spent = {at: rng.randint(-(10**5), 2 * 10**6) for at in range(6) if rng.random() < 0.7}
        budget = a_budget(limits[0], rollover)
        for at in sorted(limits)[1:]:
            budget = budget.changed(BudgetLimit(FIRST.plus(at), rupees(limits[at])), None, None)
        month = rng.randrange(6)

        carried = 0
        for at in range(month):
            limit = limits[max(k for k in limits if k <= at)]
            rest = limit + carried - spent.get(at, 0)
            carried = {Rollover.NONE: 0, Rollover.UNUSED: max(rest, 0), Rollover.ALL: rest}[rollover]
        limit = limits[max(k for k in limits if k <= month)]
        found = budget_status(budget, {FIRST.plus(at): rupees(p) for at, p in spent.items()}, FIRST.plus(month))
        assert found is not None
        assert (found.limit, found.carried) == (rupees(limit), rupees(carried))
        assert found.available == rupees(limit + carried)
        assert found.remaining == rupees(limit + carried - spent.get(month, 0))
        assert (found.level is Level.EXCEEDED) == (spent.get(month, 0) > limit + carried)


def test_there_is_nothing_before_the_first_month() -> None:
    assert budget_status(a_budget(), {}, FIRST.plus(-1)) is None
    assert a_budget().limit_in(FIRST.plus(-1)) is None


def test_a_change_holds_from_its_month_on_and_replaces_what_was_planned_later() -> None:
    budget = a_budget(100).changed(BudgetLimit(FIRST.plus(3), rupees(300)), Rollover.ALL, 50)
    budget = budget.changed(BudgetLimit(FIRST.plus(2), rupees(200)), None, None)
    assert [budget.limit_in(FIRST.plus(at)) for at in (0, 1, 2, 5)] == [rupees(p) for p in (100, 100, 200, 200)]
    assert (budget.rollover, budget.alert_percent) == (Rollover.ALL, 50)
    assert len(budget.changed(BudgetLimit(FIRST.plus(4), rupees(200)), None, None).limits) == 2


@pytest.mark.parametrize(
    ("spent", "level"),
    [
        (0, Level.OK),
        (-500, Level.OK),
        (7_999_99, Level.OK),
        (8_000_00, Level.NEAR),
        (10_000_00, Level.NEAR),
        (10_000_01, Level.EXCEEDED),
    ],
)
def test_levels(spent: int, level: Level) -> None:
    assert status(a_budget(), spent).level is level


def test_an_alert_and_its_event() -> None:
    assert BudgetAlert.of(status(a_budget(), 1), NOW) is None
    near, over = (BudgetAlert.of(status(a_budget(), spent), NOW) for spent in (9_000_00, 11_000_00))
    assert near is not None
    assert over is not None
    assert isinstance(near.event(), BudgetNearlySpent)
    exceeded = over.event()
    assert isinstance(exceeded, BudgetExceeded)
    assert exceeded.payload()["month"] == "2026-01"
    assert exceeded.spent == rupees(11_000_00)


def test_nothing_is_used_of_nothing_and_the_pace_of_a_month() -> None:
    overdrawn = budget_status(
        a_budget(100, Rollover.ALL), {FIRST: rupees(500), FIRST.next(): rupees(0)}, FIRST.next(), None
    )
    assert overdrawn is not None
    assert (overdrawn.available, overdrawn.used_percent, overdrawn.level) == (rupees(-300), None, Level.EXCEEDED)
    assert status(a_budget(), 1_000_00, date(2026, 1, 10)).projected == rupees(3_100_00)
    assert status(a_budget(), 1_000_00, date(2026, 2, 10)).projected == rupees(1_000_00)
    assert status(a_budget(), 0, date(2025, 12, 31)).projected is None
    assert status(a_budget(), 2_500_00).used_percent == Decimal("25.0")


@pytest.mark.parametrize("paise", [0, -1, 10**15])
def test_an_amount_must_be_positive_and_sensible(paise: int) -> None:
    with pytest.raises(InvalidInputError, match="amount"):
        a_budget(paise)


@pytest.mark.parametrize("percent", [0, 101])
def test_an_alert_lies_between_1_and_100_percent(percent: int) -> None:
    with pytest.raises(InvalidInputError, match="alert_percent"):
        a_budget(alert_percent=percent)


@pytest.mark.parametrize("category", [Category.SALARY, Category.TRANSFER])
def test_only_spending_can_have_a_budget(category: Category) -> None:
    with pytest.raises(InvalidInputError, match="not spending"):
        Budget.start(
            user_id=UserId(new_uuid()),
            category=category,
            limit=BudgetLimit(FIRST, rupees(1)),
            rollover=None,
            alert_percent=None,
            now=NOW,
        )
