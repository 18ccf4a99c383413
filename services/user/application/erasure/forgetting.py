"""What the fast stores know of an erased user."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import UserId
from services.user.domain.refresh_token import SessionId
from services.user.domain.repositories import ChangedUsers
from services.user.domain.security import SessionStore


class Forgetting:
    """Forgets sessions and the cached profile, so that access tokens are refused from now on."""

    def __init__(self, sessions: SessionStore, users: ChangedUsers) -> None:
        self._sessions = sessions
        self._users = users

    async def __call__(self, user_id: UserId, sessions: Sequence[SessionId]) -> None:
        """Forget them. UnavailableError when that cannot be made sure."""
        for session_id in sessions:
            await self._sessions.forget(session_id)
        await self._users.gone(user_id)

    async def at_once(self, user_id: UserId, sessions: Sequence[SessionId]) -> None:
        """Forget them if that can be done now; the consumer of the erasure's event repeats it."""
        with suppress(UnavailableError):
            await self(user_id, sessions)
