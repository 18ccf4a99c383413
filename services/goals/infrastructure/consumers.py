"""Judges goals anew when their accounts may have changed."""

from typing import Final

from services.goals.application.check_goals import CheckGoals, CheckGoalsRequest
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId


class GoalsFollowAccounts:
    """Consumer of everything that happens to a person's accounts, whatever it is: balances are read anew."""

    consumer: Final = "goals"
    topics: Final = frozenset({"financial"})

    def __init__(self, check: CheckGoals) -> None:
        self._check = check

    async def handle(self, record: EventRecord) -> None:
        """Check the person's goals; a second time changes nothing."""
        await self._check(CheckGoalsRequest(user_id=UserId(record.user_id)))
