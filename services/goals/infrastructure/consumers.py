"""Judges goals anew when their accounts may have changed, and has them follow accounts that have become others."""

from typing import Final
from uuid import UUID

from services.goals.application.check_goals import CheckGoals, CheckGoalsRequest
from services.goals.application.follow_merge import FollowMerge, FollowMergeRequest
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import AccountId, UserId


class GoalsFollowAccounts:
    """Consumer of everything that happens to a person's accounts, whatever it is: balances are read anew."""

    consumer: Final = "goals"
    topics: Final = frozenset({"financial"})
    names: Final = None

    def __init__(self, check: CheckGoals, follow_merge: FollowMerge) -> None:
        self._check = check
        self._follow_merge = follow_merge

    async def handle(self, record: EventRecord) -> None:
        """Link goals to the account that a merger left, check the person's goals; a second time changes nothing."""
        user_id = UserId(record.user_id)
        if record.name == "AccountsMerged":
            gone, into = (UUID(str(record.payload[field])) for field in ("account_id", "into_account_id"))
            await self._follow_merge(
                FollowMergeRequest(user_id=user_id, account_id=AccountId(gone), into_account_id=AccountId(into))
            )
        await self._check(CheckGoalsRequest(user_id=user_id))
