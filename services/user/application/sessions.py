"""Opening, continuing and ending sessions: the part that every way of logging in has in common."""

from datetime import datetime
from typing import Final

from services.shared.domain.ids import new_uuid
from services.user.application.unit_of_work import UserUnitOfWork
from services.user.application.views import ProfileView, SessionView, TokensView
from services.user.domain.refresh_token import LIFETIME, RefreshToken, SessionId
from services.user.domain.security import (
    AccessClaims,
    RefreshTokenSource,
    Session,
    SessionStore,
    TokenIssuer,
    fingerprint,
)
from services.user.domain.user import User

_LIFETIME_S: Final = int(LIFETIME.total_seconds())


class Sessions:
    """Issues the tokens of sessions. PostgreSQL holds the truth about them; the store only makes it fast."""

    def __init__(self, issuer: TokenIssuer, source: RefreshTokenSource, store: SessionStore) -> None:
        self._issuer = issuer
        self._source = source
        self._store = store

    async def open(self, unit: UserUnitOfWork, user: User, at: datetime) -> SessionView:
        """Begin a session in the unit's transaction, commit it, and make it known."""
        text = self._source.new()
        token = RefreshToken.first(SessionId(new_uuid()), user.id, fingerprint(text), at)
        await unit.refresh_tokens.add(token)
        await unit.commit()
        return await self.tell(user, token.session_id, text, at)

    async def tell(self, user: User, session_id: SessionId, refresh_token: str, at: datetime) -> SessionView:
        """The answer for a session that is committed, which is made known to the store."""
        await self._store.remember(Session(id=session_id, user_id=user.id, created_at=at), _LIFETIME_S)
        claims = AccessClaims(user_id=user.id, session_id=session_id, scopes=user.scopes)
        tokens = TokensView(
            access_token=self._issuer.issue(claims, at),
            refresh_token=refresh_token,
            expires_in=self._issuer.lifetime_s,
        )
        return SessionView(user=ProfileView.of(user), tokens=tokens)

    def successor_of(self, refresh_token: str) -> str:
        """The text of the token that follows."""
        return self._source.successor(refresh_token)

    async def end(self, unit: UserUnitOfWork, session_id: SessionId, at: datetime) -> None:
        """Revoke the session, commit, and have its access tokens refused from now on. UnavailableError: repeat it."""
        await unit.refresh_tokens.revoke_session(session_id, at)
        await unit.commit()
        await self._store.forget(session_id)
