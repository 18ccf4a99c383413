"""Have goals follow an account that has become another."""

from __future__ import annotations

from dataclasses import dataclass

from services.goals.application.link_accounts import keep_links
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.relinking import follow_merge
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowMergeRequest:
    """`account_id` is no more; what it had is on `into_account_id`."""

    user_id: UserId
    account_id: AccountId
    into_account_id: AccountId


class FollowMerge:
    """Command: goals that were linked to the one are linked to the other; a second time changes nothing.

    Where they stand then is for `CheckGoals` to see, which a merger calls for whether or not a goal was linked anew.
    """

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: FollowMergeRequest) -> int:
        """How many goals were linked anew; `GoalAccountsLinked` tells of each."""
        async with self._unit_of_work() as unit:
            # All goals are locked, as they are while a person links accounts.
            goals = {goal.id: goal for goal in await unit.goals.list(request.user_id)}
            known = await unit.goals.links(request.user_id)
            links = {goal_id: known[goal_id] for goal_id in goals if goal_id in known}
            changed = follow_merge(links, request.account_id, request.into_account_id)
            for goal_id, linked in changed.items():
                await keep_links(unit, goals[goal_id], linked, self._clock)
            if changed:
                await unit.commit()
        return len(changed)
