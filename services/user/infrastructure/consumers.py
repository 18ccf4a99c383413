"""What the user context does when an account has been erased."""

from typing import Final
from uuid import UUID

from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId
from services.user.application.erasure.forgetting import Forgetting
from services.user.domain.events import UserErased
from services.user.domain.refresh_token import SessionId


class UserErasure:
    """Consumer that makes sure of what the command tries at once: no fast store knows the person any more."""

    consumer: Final = "user.erasure"
    topics: Final = frozenset({UserErased.topic})
    names: Final = frozenset({UserErased.__name__})

    def __init__(self, forget: Forgetting) -> None:
        self._forget = forget

    async def handle(self, record: EventRecord) -> None:
        """Forget the sessions that the event names, and the profile."""
        told = record.payload["session_ids"]
        sessions = [SessionId(UUID(str(one))) for one in told] if isinstance(told, list) else []
        await self._forget(UserId(record.user_id), sessions)
