"""Spread one monthly surplus over the goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from services.goals.application.goal_book import BookedGoal, GoalBook
from services.goals.application.planning.assumptions_used import LEFT_OUT, AssumptionsUsed, used
from services.goals.domain.goal import MAX_AMOUNT
from services.goals.domain.planning.allocation import Claim, allocate
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.plan import basis_of, plan_of
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money, minor_unit

OBJECTIVE: Final = (
    "Goals of priority 1 come first, then 2, and so on. Within a priority the worst funded goal is raised first: the "
    "funded parts, from the smallest up, are as large as can be. No goal gets more than its required_monthly."
)
DEFAULT_UNIT: Final = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateSurplusRequest:
    """`surplus` a month is spread in whole multiples of `unit` (a SIP often takes whole hundreds)."""

    user_id: UserId
    surplus: Money
    unit: Decimal = DEFAULT_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocatedGoalView:
    """`funded_percent` is allocated / required_monthly x 100, rounded down; required_monthly is a multiple of unit."""

    goal_id: GoalId
    name: str
    priority: int
    target_date: date
    required_monthly: Decimal
    allocated: Decimal
    missing: Decimal
    funded_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationView:
    """`goals` by priority, then the nearest day; `unallocated` is what no goal needs or is less than a unit."""

    as_of: date
    currency: str
    surplus: Decimal
    unit: Decimal
    total_required: Decimal
    allocated: Decimal
    unallocated: Decimal
    objective: str
    goals: tuple[AllocatedGoalView, ...]
    assumptions: AssumptionsUsed
    left_out: tuple[str, ...]


class AllocateSurplus:
    """Query: the best allocation; see `domain.planning.allocation.allocate` for what is best."""

    def __init__(self, book: GoalBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    async def __call__(self, request: AllocateSurplusRequest) -> AllocationView:
        """InvalidInputError for a surplus or a unit that cannot be."""
        if not 0 < request.surplus.amount <= MAX_AMOUNT:
            raise InvalidInputError(f"surplus must be above 0 and at most {MAX_AMOUNT:,}.")
        least = minor_unit(request.surplus.currency)
        if not least <= request.unit <= MAX_AMOUNT or request.unit % least:
            raise InvalidInputError(f"unit must be a multiple of {least} up to {MAX_AMOUNT:,}.")
        assumptions = await self._book.assumptions(request.user_id)
        day, needs, left_out = today(self._clock), [], []
        for booked in await self._book.all(request.user_id):
            reason = _no_claim(booked, request.surplus.currency, day)
            if reason is not None:
                left_out.append(f"{booked.goal.name}: {reason}")
            else:
                needs.append((booked, _required_units(booked, assumptions, day, request.unit)))
        return _view(request, needs, assumptions, day, tuple(left_out))


def _no_claim(booked: BookedGoal, currency: str, day: date) -> str | None:
    if booked.goal.currency != currency:
        return f"it is in {booked.goal.currency}."
    if booked.goal.target_date <= day:
        return f"its day, {booked.goal.target_date}, is past. Give it a new one."
    return None


def _required_units(booked: BookedGoal, assumptions: Assumptions, day: date, unit: Decimal) -> int:
    plan = plan_of(basis_of(booked.goal, booked.savings.total, assumptions, day), Decimal(0))
    return int((plan.required_monthly.amount / unit).to_integral_value(ROUND_CEILING))


def _view(
    request: AllocateSurplusRequest,
    needs: list[tuple[BookedGoal, int]],
    assumptions: Assumptions,
    day: date,
    left_out: tuple[str, ...],
) -> AllocationView:
    unit = request.unit
    surplus = int((request.surplus.amount / unit).to_integral_value(ROUND_FLOOR))
    given = allocate(surplus, [Claim(one.goal.id, one.goal.priority, units) for one, units in needs if units])
    goals = tuple(_goal(one, units, given.get(one.goal.id, 0), unit) for one, units in needs)
    allocated = sum((goal.allocated for goal in goals), Decimal(0))
    kinds = {one.goal.goal_type for one, _ in needs}
    paths = {path.name: path for path in map(assumptions.glide_path_of, sorted(kinds))}
    return AllocationView(
        as_of=day,
        currency=request.surplus.currency,
        surplus=request.surplus.amount,
        unit=unit,
        total_required=sum((goal.required_monthly for goal in goals), Decimal(0)),
        allocated=allocated,
        unallocated=request.surplus.amount - allocated,
        objective=OBJECTIVE,
        goals=goals,
        assumptions=used(assumptions, paths.values(), *(assumptions.inflation_of(kind).name for kind in kinds)),
        left_out=left_out + tuple(note for one, _ in needs for note in one.savings.left_out) + LEFT_OUT,
    )


def _goal(booked: BookedGoal, required: int, given: int, unit: Decimal) -> AllocatedGoalView:
    percent = Decimal(given * 100) / required if required else Decimal(100)
    return AllocatedGoalView(
        goal_id=booked.goal.id,
        name=booked.goal.name,
        priority=booked.goal.priority,
        target_date=booked.goal.target_date,
        required_monthly=Money(required * unit, booked.goal.currency).amount,
        allocated=Money(given * unit, booked.goal.currency).amount,
        missing=Money((required - given) * unit, booked.goal.currency).amount,
        funded_percent=percent.quantize(Decimal("0.1"), ROUND_FLOOR),
    )
