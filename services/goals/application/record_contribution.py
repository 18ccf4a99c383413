"""Set money aside for a goal, or take some back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.goals.application.account_balances import AccountBalances
from services.goals.application.goal_view import GoalView
from services.goals.application.settlement import settle_one
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.contribution import Contribution, require_made, saved_after
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.events import ContributionRecorded
from services.goals.domain.goal import Goal
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId, new_uuid
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContributionRequest:
    """`amount` is in the goal's currency, negative to take money back; made today unless said."""

    user_id: UserId
    goal_id: GoalId
    amount: Decimal
    made_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ContributionView:
    """The contribution, and the goal with it."""

    contribution: Contribution
    goal: GoalView


class RecordContribution:
    """Command: keep the contribution, add it to what is set aside, publish `ContributionRecorded` and a new state."""

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, accounts: AccountBalances, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._accounts = accounts
        self._clock = clock

    async def __call__(self, request: RecordContributionRequest) -> ContributionView:
        """GoalNotFoundError unless it is the caller's; InvalidInputError for an amount or a day that cannot be."""
        balances = await self._accounts.of(request.user_id)
        async with self._unit_of_work() as unit:
            goal = await unit.goals.get(request.goal_id, request.user_id)
            if goal is None:
                raise GoalNotFoundError
            contribution, changed = self.draft(goal, request)
            await unit.goals.add_contribution(contribution)
            unit.record(_recorded(changed, contribution))
            view = await settle_one(unit, changed, balances, self._clock)
            await unit.commit()
        return ContributionView(contribution, view)

    def draft(self, goal: Goal, request: RecordContributionRequest) -> tuple[Contribution, Goal]:
        """What the command would keep, not kept; raises as the command does."""
        day = today(self._clock)
        made_on = request.made_on or day
        require_made(made_on, day)
        contribution = Contribution(
            id=new_uuid(),
            goal_id=goal.id,
            amount=Money(request.amount, goal.currency),
            made_on=made_on,
            note=request.note,
            created_at=self._clock.now(),
        )
        return contribution, replace(goal, saved_amount=saved_after(goal.saved_amount, contribution))


def _recorded(goal: Goal, contribution: Contribution) -> ContributionRecorded:
    return ContributionRecorded(
        user_id=goal.user_id,
        occurred_at=contribution.created_at,
        goal_id=goal.id,
        amount=contribution.amount,
        made_on=contribution.made_on,
        saved_amount=goal.saved_amount,
    )
