"""Where a goal stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from services.goals.domain.events import GoalOffTrack, GoalReached
from services.goals.domain.goal import Goal, GoalState
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.plan import basis_of, plan_of, projection, target_on_date
from services.goals.domain.progress import whole_months
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.events import DomainEvent
from services.shared.domain.money import Money


def judge(goal: Goal, saved: Money, assumptions: Assumptions, today: date) -> GoalState:
    """The goal's state on a day, given its state before.

    - reached: `saved` covers what the goal costs today (at today's prices, for one that rises with them). A goal stays
      reached until less than its target_amount is saved, so that a month's inflation does not undo it.
    - off_track: the day has come, or savings and planned contributions are expected to fall short of the target. One
      contribution more than there are whole months left is counted, because the one of the month in progress is not
      late; on the way back from off_track to on_track it is not, so that a goal does not flicker between the two.
    - unplanned: no contribution is planned and what is saved will not do; until the day it cannot be judged.
    - on_track: everything else.
    """
    if saved.amount >= target_on_date(goal, assumptions, today).amount:
        return GoalState.REACHED
    if goal.state is GoalState.REACHED and saved.amount >= goal.target_amount.amount:
        return GoalState.REACHED
    if today >= goal.target_date:
        return GoalState.OFF_TRACK
    grace = 0 if goal.state is GoalState.OFF_TRACK else 1
    months = whole_months(today, goal.target_date) + grace
    basis = basis_of(goal, saved, assumptions, today, months)
    if projection(basis).amount >= basis.target.amount:
        return GoalState.ON_TRACK
    return GoalState.UNPLANNED if basis.monthly.amount == 0 else GoalState.OFF_TRACK


def settle(
    goal: Goal, saved: Money, assumptions: Assumptions, today: date, now: datetime
) -> tuple[Goal, DomainEvent | None]:
    """The goal in the state it has now, and what is to be told: once, when the state has become that.

    A goal whose amounts grow beyond all measure cannot be judged and stays as it was; its plan says so.
    """
    try:
        state = judge(goal, saved, assumptions, today)
    except InvalidInputError:
        return goal, None
    settled = replace(goal, state=state)
    if state is goal.state:
        return settled, None
    if state is GoalState.REACHED:
        return settled, _reached(goal, saved, today, now)
    if state is GoalState.OFF_TRACK:
        return settled, _off_track(goal, saved, assumptions, today, now)
    return settled, None


def _reached(goal: Goal, saved: Money, today: date, now: datetime) -> GoalReached:
    return GoalReached(
        user_id=goal.user_id,
        occurred_at=now,
        goal_id=goal.id,
        goal_name=goal.name,
        target_amount=goal.target_amount,
        saved_amount=saved,
        as_of=today,
    )


def _off_track(goal: Goal, saved: Money, assumptions: Assumptions, today: date, now: datetime) -> GoalOffTrack:
    plan = plan_of(basis_of(goal, saved, assumptions, today), goal.step_up_percent)
    return GoalOffTrack(
        user_id=goal.user_id,
        occurred_at=now,
        goal_id=goal.id,
        goal_name=goal.name,
        target_date=goal.target_date,
        target_on_date=plan.target_on_date,
        projected=plan.projected,
        shortfall=plan.shortfall,
        required_monthly=plan.required_monthly,
        as_of=today,
        assumptions_version=assumptions.version,
    )
