"""Tools that change goals. Each shows what it will do before it is approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from services.goals.application.create_goal import CreateGoalRequest
from services.goals.application.delete_goal import DeleteGoalRequest
from services.goals.application.get_goal import GetGoalRequest
from services.goals.application.goal_view import GoalView
from services.goals.application.update_goal import UpdateGoalRequest, changed_goal
from services.goals.application.use_cases import GoalsUseCases
from services.goals.domain.goal import LOWEST_PRIORITY, MAX_NAME_LENGTH, Goal, GoalType
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import GoalId
from services.shared.domain.money import Money
from services.shared.domain.written import written
from tools.arguments import Amount, Percent
from tools.goals import GoalRef, GoalResult, goal_result, meant
from tools.tool import Effect, Preview, Tool, ToolArguments


class NewGoalArguments(ToolArguments):
    """The goal."""

    name: str = Field(min_length=1, max_length=MAX_NAME_LENGTH)
    goal_type: GoalType
    target_amount: Amount = Field(description="what it costs at today's prices")
    target_date: date = Field(description="YYYY-MM-DD, in the future")
    saved_amount: Amount | None = Field(default=None, description="set aside already")
    monthly_contribution: Amount | None = Field(default=None, description="meant to be added every month")
    step_up_percent: Percent | None = Field(default=None, description="yearly rise of the contribution")
    priority: int | None = Field(default=None, ge=1, le=LOWEST_PRIORITY, description="1 is first, 3 unless said")
    inflation_adjusted: bool | None = Field(default=None, description="false if the amount does not rise with prices")
    currency: str = Field(default="INR", max_length=3)


class GoalChangeArguments(ToolArguments):
    """Which goal, and what changes; what is not said stays."""

    goal: GoalRef
    name: str | None = Field(default=None, min_length=1, max_length=MAX_NAME_LENGTH)
    target_amount: Amount | None = Field(default=None, description="at today's prices")
    target_date: date | None = Field(default=None, description="YYYY-MM-DD, in the future")
    saved_amount: Amount | None = Field(default=None, description="set aside, apart from linked accounts")
    monthly_contribution: Amount | None = Field(default=None, description="0 for none")
    step_up_percent: Percent | None = Field(default=None, description="yearly rise of the contribution")
    priority: int | None = Field(default=None, ge=1, le=LOWEST_PRIORITY, description="1 is first")
    inflation_adjusted: bool | None = Field(default=None, description="whether the amount rises with prices")


class GoalArguments(ToolArguments):
    """Which goal."""

    goal: GoalRef


@dataclass(frozen=True, slots=True)
class DeletedGoalResult:
    """The goal that is gone."""

    deleted_goal_id: UUID
    name: str


def goal_change_tools(goals: GoalsUseCases) -> list[Tool[Any]]:
    """Tools that make, change and remove goals."""
    return [_create(goals), _update(goals), _delete(goals)]


def _create(goals: GoalsUseCases) -> Tool[NewGoalArguments]:
    async def run(identity: Identity, wanted: NewGoalArguments) -> GoalResult:
        return goal_result(await goals.create_goal(_new(identity, wanted)))

    async def preview(identity: Identity, wanted: NewGoalArguments) -> Preview:
        goal = goals.create_goal.draft(_new(identity, wanted))
        plan = await goals.planning.plan_goal.of_draft(goal)
        return Preview(
            f"Set the goal '{goal.name}': {_amount(goal.target_amount)} by {goal.target_date}.",
            (
                *_lines(goal),
                ("It will cost on that day", written(plan.target_on_date, goal.currency)),
                ("It takes each month", written(plan.required_monthly, goal.currency)),
            ),
        )

    return Tool(
        name="create_goal",
        description="Set a new goal for the person.",
        arguments=NewGoalArguments,
        run=run,
        preview=preview,
        scope="goals:write",
        effect=Effect.WRITE,
    )


def _update(goals: GoalsUseCases) -> Tool[GoalChangeArguments]:
    async def run(identity: Identity, wanted: GoalChangeArguments) -> GoalResult:
        goal = await meant(goals, identity, wanted.goal)
        return goal_result(await goals.update_goal(_change(identity, goal.id, wanted)))

    async def preview(identity: Identity, wanted: GoalChangeArguments) -> Preview:
        view = await known(goals, identity, wanted.goal)
        before = view.goal
        after = changed_goal(before, _change(identity, before.id, wanted), view.progress.as_of)
        olds, news = dict(_lines(before)), dict(_lines(after))
        changes = tuple((label, f"{olds[label]} → {value}") for label, value in news.items() if olds[label] != value)
        if not changes:
            raise InvalidInputError(f"That changes nothing about '{before.name}'. Say what shall be different.")
        plan = await goals.planning.plan_goal.of_draft(after)
        takes = ("It takes each month, apart from linked accounts", written(plan.required_monthly, after.currency))
        return Preview(f"Change the goal '{before.name}'.", (*changes, takes))

    return Tool(
        name="update_goal",
        description="Change a goal's name, amount, day, savings, contribution, step-up or priority.",
        arguments=GoalChangeArguments,
        run=run,
        preview=preview,
        scope="goals:write",
        effect=Effect.WRITE,
    )


def _delete(goals: GoalsUseCases) -> Tool[GoalArguments]:
    async def run(identity: Identity, wanted: GoalArguments) -> DeletedGoalResult:
        goal = await meant(goals, identity, wanted.goal)
        await goals.delete_goal(DeleteGoalRequest(user_id=identity.user_id, goal_id=goal.id))
        return DeletedGoalResult(goal.id, goal.name)

    async def preview(identity: Identity, wanted: GoalArguments) -> Preview:
        view = await known(goals, identity, wanted.goal)
        goal = view.goal
        return Preview(
            f"Give up the goal '{goal.name}' with its record of contributions. This cannot be undone.",
            (*_lines(goal), ("Saved for it", written(view.savings.total.amount, goal.currency))),
        )

    return Tool(
        name="delete_goal",
        description="Give a goal up. Money and accounts stay as they are.",
        arguments=GoalArguments,
        run=run,
        preview=preview,
        scope="goals:write",
        effect=Effect.WRITE,
    )


async def known(goals: GoalsUseCases, identity: Identity, wanted: str) -> GoalView:
    """The caller's goal that the words fit, with what is saved for it."""
    goal = await meant(goals, identity, wanted)
    return await goals.get_goal(GetGoalRequest(user_id=identity.user_id, goal_id=goal.id))


def _new(identity: Identity, wanted: NewGoalArguments) -> CreateGoalRequest:
    given = wanted.model_dump(exclude_none=True, exclude={"currency"})
    for name in ("target_amount", "saved_amount", "monthly_contribution"):
        if name in given:
            given[name] = Money(given[name], wanted.currency)
    return CreateGoalRequest(user_id=identity.user_id, **given)


def _change(identity: Identity, goal_id: GoalId, wanted: GoalChangeArguments) -> UpdateGoalRequest:
    return UpdateGoalRequest(user_id=identity.user_id, goal_id=goal_id, **wanted.model_dump(exclude={"goal"}))


def _lines(goal: Goal) -> tuple[tuple[str, str], ...]:
    rises = "rises with prices" if goal.inflation_adjusted else "fixed"
    return (
        ("Name", goal.name),
        ("Kind", goal.goal_type.value.replace("_", " ")),
        ("Amount", f"{_amount(goal.target_amount)}, {rises}"),
        ("Day", goal.target_date.isoformat()),
        ("Set aside", _amount(goal.saved_amount)),
        ("Planned each month", f"{_amount(goal.planned_monthly)}, {goal.step_up_percent:f}% more each year"),
        ("Priority", str(goal.priority)),
    )


def _amount(money: Money) -> str:
    return written(money.amount, money.currency)
