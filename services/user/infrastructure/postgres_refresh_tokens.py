"""Refresh tokens and the sessions they stand for, in PostgreSQL."""

from datetime import datetime

from sqlalchemy import Text, cast, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.shared.domain.ids import UserId
from services.user.domain.refresh_token import RefreshToken, SessionId
from services.user.infrastructure.mappers import refresh_token_row, to_refresh_token
from services.user.infrastructure.tables import refresh_tokens


class PostgresRefreshTokenRepository:
    """RefreshTokenRepository on one connection, inside its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, token: RefreshToken) -> None:
        """Keep a new token, and drop the same user's tokens that ran out before it was issued."""
        await self._connection.execute(
            delete(refresh_tokens).where(
                refresh_tokens.c.user_id == token.user_id, refresh_tokens.c.expires_at < token.issued_at
            )
        )
        await self._connection.execute(insert(refresh_tokens).values(refresh_token_row(token)))

    async def lock(self, token_hash: bytes) -> RefreshToken | None:
        """The token of this hash; its whole session is locked until the transaction ends.

        A lock of the row alone would let a revocation miss the successor that another transaction is adding.
        """
        session = func.hashtextextended(cast(refresh_tokens.c.session_id, Text), 0)
        this_one = refresh_tokens.c.token_hash == token_hash
        await self._connection.execute(select(func.pg_advisory_xact_lock(session)).where(this_one))
        row = (await self._connection.execute(select(refresh_tokens).where(this_one))).one_or_none()
        return to_refresh_token(row) if row else None

    async def exists(self, token_hash: bytes) -> bool:
        """Whether a token of this hash was issued."""
        query = select(refresh_tokens.c.id).where(refresh_tokens.c.token_hash == token_hash)
        return (await self._connection.execute(query)).first() is not None

    async def save(self, token: RefreshToken) -> None:
        """Keep a token's use."""
        await self._connection.execute(
            update(refresh_tokens).where(refresh_tokens.c.id == token.id).values(used_at=token.used_at)
        )

    async def revoke_session(self, session_id: SessionId, at: datetime) -> None:
        """Revoke every token of the session that is not revoked yet."""
        await self._connection.execute(
            update(refresh_tokens)
            .where(refresh_tokens.c.session_id == session_id, refresh_tokens.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )

    async def sessions_of(self, user_id: UserId) -> list[SessionId]:
        """The sessions that the user's tokens are of."""
        query = select(refresh_tokens.c.session_id).where(refresh_tokens.c.user_id == user_id).distinct()
        return [SessionId(row.session_id) for row in await self._connection.execute(query)]


class PostgresLiveSessions:
    """LiveSessions: a session lives while one of its tokens is neither revoked nor run out."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def owner_of(self, session_id: SessionId, at: datetime) -> UserId | None:
        """Whose session this is; None when it was revoked, has run out, or never was."""
        query = select(refresh_tokens.c.user_id).where(
            refresh_tokens.c.session_id == session_id,
            refresh_tokens.c.revoked_at.is_(None),
            refresh_tokens.c.expires_at > at,
        )
        async with connect(self._engine) as connection:
            row = (await connection.execute(query.limit(1))).first()
        return UserId(row.user_id) if row else None
