"""Who an access token speaks for."""

from datetime import datetime
from typing import Final

from services.shared.domain.clock import Clock
from services.shared.domain.identity import Identity
from services.user.domain.errors import SessionEndedError, TokenInvalidError
from services.user.domain.repositories import LiveSessions
from services.user.domain.security import AccessClaims, Session, SessionStore, TokenIssuer

# A session that the store had forgotten is remembered for this long only: should it be revoked at this very moment,
# the stale memory of it ends soon.
_RELEARNED_TTL_S: Final = 60


class VerifyAccessToken:
    """Query: the signature and the claims are checked, then that the session still lives.

    The session is looked up in the store, and in PostgreSQL when the store does not know it or is down: neither
    a lost Redis logs anybody out, nor does a Redis that is down let a session in that was logged out.
    """

    def __init__(self, issuer: TokenIssuer, store: SessionStore, live_sessions: LiveSessions, clock: Clock) -> None:
        self._issuer = issuer
        self._store = store
        self._live_sessions = live_sessions
        self._clock = clock

    async def __call__(self, token: str) -> Identity:
        """The caller. TokenExpiredError, TokenInvalidError, SessionEndedError."""
        claims = self._issuer.read(token)
        now = self._clock.now()
        owner = await self._store.owner_of(claims.session_id, now)
        if owner is None:
            owner = await self._live_sessions.owner_of(claims.session_id, now)
            if owner is None:
                raise SessionEndedError
            await self._store.remember(_session(claims, now), _RELEARNED_TTL_S)
        if owner != claims.user_id:
            raise TokenInvalidError
        return Identity(claims.user_id, claims.scopes)


def _session(claims: AccessClaims, at: datetime) -> Session:
    return Session(id=claims.session_id, user_id=claims.user_id, created_at=at)
