"""How far a goal is, and what it asks for each month."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from services.goals.domain.goal import Goal
from services.shared.domain.money import Money, minor_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalProgress:
    """`progress_percent` has one decimal; see `progress_of` for what each figure means."""

    as_of: date
    remaining_amount: Money
    progress_percent: Decimal
    months_left: int
    required_monthly: Money


def progress_of(goal: Goal, today: date, saved: Money | None = None) -> GoalProgress:
    """The goal's state on a day, without any assumption about returns or prices.

    `saved` is all that counts as saved; the goal's own saved_amount unless given.

    - remaining_amount = target_amount - saved, 0 once it is reached.
    - progress_percent = saved / target_amount x 100, rounded down: 100.0 means reached. More than the target
      gives more than 100.
    - months_left = whole months from today to target_date; 0 in the last month and after the day.
    - required_monthly = remaining_amount / months_left, rounded up to the minor unit so that paying it every month
      reaches the target; with no whole month left it is all that remains.
    """
    saved = saved if saved is not None else goal.saved_amount
    gap = goal.target_amount - saved
    remaining = max(gap, Money.zero(gap.currency))
    months = whole_months(today, goal.target_date)
    return GoalProgress(
        as_of=today,
        remaining_amount=remaining,
        progress_percent=_percent(saved.amount, goal.target_amount.amount),
        months_left=months,
        required_monthly=_share(remaining, max(months, 1)),
    )


def whole_months(start: date, end: date) -> int:
    """Complete months from one day to another; 0 when the end is not after the start.

    A month is complete on the same day of the month, or on the last day of a month that is too short to have it.
    """
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    completed = end.day >= start.day or _is_last_of_month(end)
    return months if completed else months - 1


def _is_last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).month != day.month


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_FLOOR)


def _share(amount: Money, parts: int) -> Money:
    unit = minor_unit(amount.currency)
    minor = (amount.amount / unit / parts).to_integral_value(ROUND_CEILING)
    return Money(minor * unit, amount.currency)
