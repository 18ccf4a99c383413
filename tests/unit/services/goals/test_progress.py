from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.goal import Goal, GoalType
from services.goals.domain.progress import progress_of, whole_months
from services.shared.domain.ids import GoalId, UserId, new_uuid
from services.shared.domain.money import Money

TODAY = date(2026, 11, 24)

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 13, places=2)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2120, 12, 31))


def goal_of(target: str | Decimal, saved: str | Decimal = "0", by: date = date(2027, 11, 24)) -> Goal:
    return Goal(
        id=GoalId(new_uuid()),
        user_id=UserId(new_uuid()),
        name="Ladakh",
        goal_type=GoalType.TRAVEL,
        target_amount=Money(Decimal(target)),
        target_date=by,
        saved_amount=Money(Decimal(saved)),
        priority=3,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_a_goal_a_year_away_asks_for_a_twelfth_each_month() -> None:
    progress = progress_of(goal_of("150000", "30000"), TODAY)
    assert progress.remaining_amount == Money(Decimal(120_000))
    assert progress.progress_percent == Decimal("20.0")
    assert progress.months_left == 12
    assert progress.required_monthly == Money(Decimal(10_000))
    assert progress.as_of == TODAY


def test_the_monthly_amount_is_rounded_up_to_the_paisa() -> None:
    progress = progress_of(goal_of("100", by=date(2027, 2, 24)), TODAY)
    assert progress.required_monthly == Money(Decimal("33.34"))


def test_nearly_there_is_not_there() -> None:
    assert progress_of(goal_of("100000", "99999.99"), TODAY).progress_percent == Decimal("99.9")


def test_more_than_the_target_leaves_nothing_to_save() -> None:
    progress = progress_of(goal_of("100", "120"), TODAY)
    assert progress.progress_percent == Decimal("120.0")
    assert progress.remaining_amount == progress.required_monthly == Money.zero()


@pytest.mark.parametrize("by", [date(2026, 12, 20), TODAY, date(2020, 1, 1)])
def test_without_a_whole_month_left_all_of_it_is_due(by: date) -> None:
    progress = progress_of(goal_of("500", "100", by), TODAY)
    assert progress.months_left == 0
    assert progress.required_monthly == Money(Decimal(400))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2026, 12, 31), date(2027, 1, 1), 0),
        (date(2026, 11, 24), date(2046, 11, 24), 240),
        (date(2026, 11, 24), date(9999, 12, 31), 95_677),
        (date(2026, 2, 1), date(2026, 1, 1), 0),
    ],
)
def test_whole_months(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


@given(start=days, end=days)
def test_whole_months_are_the_most_steps_that_fit(start: date, end: date) -> None:
    months = whole_months(start, end)
    assert months == 0 or _months_after(start, months) <= end
    assert _months_after(start, months + 1) > end or end < start


@given(target=amounts, saved=st.one_of(st.just(Decimal(0)), amounts), today=days, by=days)
def test_paying_the_monthly_amount_reaches_the_target_and_no_paisa_less_does(
    target: Decimal, saved: Decimal, today: date, by: date
) -> None:
    progress = progress_of(goal_of(target, saved, by), today)
    payments = max(progress.months_left, 1)
    monthly, remaining = progress.required_monthly.amount, progress.remaining_amount.amount
    assert remaining == max(target - saved, Decimal(0))
    assert monthly * payments >= remaining
    assert monthly == 0 or (monthly - Decimal("0.01")) * payments < remaining


@given(target=amounts, saved=amounts)
def test_the_percentage_never_overstates(target: Decimal, saved: Decimal) -> None:
    percent = progress_of(goal_of(target, saved), TODAY).progress_percent
    assert percent.as_tuple().exponent == -1
    assert percent * target <= saved * 100 < (percent + Decimal("0.1")) * target
    assert (percent >= 100) == (saved >= target)


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(start.day, (following - timedelta(days=1)).day))
