"""Judges goals after a change, inside its unit of work, so that a new state and its event are durable together."""

from __future__ import annotations

from collections.abc import Mapping

from services.goals.application.goal_book import assumptions_with
from services.goals.application.goal_view import GoalView
from services.goals.application.unit_of_work import GoalsUnitOfWork
from services.goals.domain.goal import Goal
from services.goals.domain.planning.standing import settle
from services.goals.domain.savings import AccountBalance, savings_of
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import AccountId

Balances = Mapping[AccountId, AccountBalance]


async def settle_all(unit: GoalsUnitOfWork, goals: list[Goal], balances: Balances, clock: Clock) -> list[GoalView]:
    """Keep every goal of one person in the state that it has now, and record what has come to be."""
    if not goals:
        return []
    owner = goals[0].user_id
    assumptions = assumptions_with(await unit.goals.personal_assumptions(owner))
    links = await unit.goals.links(owner)
    day, views = today(clock), []
    for goal in goals:
        linked = links.get(goal.id, ())
        savings = savings_of(goal, linked, balances)
        settled, event = settle(goal, savings.total, assumptions, day, clock.now())
        if event is not None:
            unit.record(event)
        if settled.state is not goal.state:
            await unit.goals.update(settled)
        views.append(GoalView.on(settled, savings, linked, day))
    return views


async def settle_one(unit: GoalsUnitOfWork, goal: Goal, balances: Balances, clock: Clock) -> GoalView:
    """The same for one goal that has been changed: it is kept in any case."""
    await unit.goals.update(goal)
    (view,) = await settle_all(unit, [goal], balances, clock)
    return view
