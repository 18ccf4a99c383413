"""A few seconds' memory of live sessions in this process, before the shared store."""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from services.shared.domain.ids import UserId
from services.user.domain.refresh_token import SessionId
from services.user.domain.security import Session, SessionStore


class LocalSessionStore:
    """SessionStore that asks `inner` at most every `seconds` per session; the least recently used beyond `limit` go.

    Only that a session lives is remembered. A log-out in this process counts at once, one elsewhere after `seconds`.
    """

    def __init__(
        self,
        inner: SessionStore,
        *,
        seconds: float = 5.0,
        limit: int = 10_000,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner
        self._seconds = seconds
        self._limit = limit
        self._now = now
        self._known: OrderedDict[SessionId, tuple[UserId, float]] = OrderedDict()

    async def remember(self, session: Session, ttl_s: int) -> None:
        """Know the session, here and in the shared store."""
        await self._inner.remember(session, ttl_s)
        self._keep(session.id, session.user_id)

    async def owner_of(self, session_id: SessionId, at: datetime) -> UserId | None:
        """Whose session this is."""
        owner, until = self._known.get(session_id, (None, 0.0))
        if owner is not None and self._now() < until:
            return owner
        owner = await self._inner.owner_of(session_id, at)
        if owner is None:
            self._known.pop(session_id, None)
        else:
            self._keep(session_id, owner)
        return owner

    async def forget(self, session_id: SessionId) -> None:
        """Know the session no more, here and in the shared store."""
        self._known.pop(session_id, None)
        await self._inner.forget(session_id)
        # A request that looked the session up meanwhile may have brought it back.
        self._known.pop(session_id, None)

    def _keep(self, session_id: SessionId, owner: UserId) -> None:
        self._known[session_id] = (owner, self._now() + self._seconds)
        self._known.move_to_end(session_id)
        if len(self._known) > self._limit:
            self._known.popitem(last=False)
