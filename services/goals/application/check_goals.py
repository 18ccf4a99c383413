"""See where goals stand after time has passed or accounts have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.goals.application.account_balances import AccountBalances
from services.goals.application.settlement import settle_all
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.repositories import GoalReader
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId

_PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckGoalsRequest:
    """Whose goals."""

    user_id: UserId


class CheckGoals:
    """Command: judge a person's goals anew and publish `GoalReached` and `GoalOffTrack` where they have come to be so.

    The goals are locked while they are judged: however often and wherever it runs, each change is told once.
    """

    def __init__(
        self, unit_of_work: GoalsUnitOfWorkFactory, goals: GoalReader, accounts: AccountBalances, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._goals = goals
        self._accounts = accounts
        self._clock = clock

    async def __call__(self, request: CheckGoalsRequest) -> int:
        """How many goals changed their state."""
        if not await self._goals.list(request.user_id):
            return 0
        balances = await self._accounts.of(request.user_id)
        async with self._unit_of_work() as unit:
            before = await unit.goals.list(request.user_id)
            after = await settle_all(unit, before, balances, self._clock)
            changed = sum(old.state is not new.goal.state for old, new in zip(before, after, strict=True))
            if changed:
                await unit.commit()
        return changed


class CheckAllGoals:
    """Command: `CheckGoals` for everybody who has goals, person by person."""

    def __init__(self, goals: GoalReader, check: CheckGoals) -> None:
        self._goals = goals
        self._check = check

    async def __call__(self) -> int:
        """How many goals changed their state."""
        changed, after = 0, None
        while people := await self._goals.users_with_goals(after=after, limit=_PAGE):
            for user_id in people:
                changed += await self._check(CheckGoalsRequest(user_id=user_id))
            after = people[-1]
        return changed
