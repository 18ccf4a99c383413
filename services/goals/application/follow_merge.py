"""Have goals follow an account that has become another."""

from __future__ import annotations

from dataclasses import dataclass

from services.goals.application.account_balances import AccountBalances
from services.goals.application.settlement import settle_all
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.events import GoalAccountsLinked
from services.goals.domain.relinking import follow_merge
from services.goals.domain.repositories import GoalReader
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowMergeRequest:
    """`account_id` is no more; what it had is on `into_account_id`."""

    user_id: UserId
    account_id: AccountId
    into_account_id: AccountId


class FollowMerge:
    """Command: goals that were linked to the one are linked to the other; a second time changes nothing."""

    def __init__(
        self, unit_of_work: GoalsUnitOfWorkFactory, goals: GoalReader, accounts: AccountBalances, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._goals = goals
        self._accounts = accounts
        self._clock = clock

    async def __call__(self, request: FollowMergeRequest) -> int:
        """How many goals were linked anew; `GoalAccountsLinked` tells of each."""
        if not await self._goals.links(request.user_id):
            return 0
        balances = await self._accounts.of(request.user_id)
        async with self._unit_of_work() as unit:
            # All goals are locked, as they are while a person links accounts.
            goals = await unit.goals.list(request.user_id)
            known = await unit.goals.links(request.user_id)
            links = {goal.id: known[goal.id] for goal in goals if goal.id in known}
            changed = follow_merge(links, request.account_id, request.into_account_id)
            for goal_id, linked in changed.items():
                await unit.goals.set_links(goal_id, linked)
                unit.record(
                    GoalAccountsLinked(
                        user_id=request.user_id,
                        occurred_at=self._clock.now(),
                        goal_id=goal_id,
                        account_ids=tuple(link.account_id for link in linked),
                    )
                )
            await settle_all(unit, goals, balances, self._clock)
            if changed:
                await unit.commit()
        return len(changed)
