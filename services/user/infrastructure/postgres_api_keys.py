"""API keys in PostgreSQL."""

from __future__ import annotations

import builtins
import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.shared.domain.ids import UserId
from services.user.domain.api_key import ApiKey, ApiKeyId
from services.user.infrastructure.tables import api_keys


class PostgresApiKeyRepository:
    """ApiKeyRepository on one connection, inside its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, api_key: ApiKey) -> None:
        """Keep a new key."""
        row = {**dataclasses.asdict(api_key), "scopes": sorted(api_key.scopes)}
        await self._connection.execute(insert(api_keys).values(row))

    async def count_live(self, user_id: UserId, at: datetime) -> int:
        """How many of the user's keys work; other makers of keys wait until this transaction ends."""
        lock = func.pg_advisory_xact_lock(func.hashtextextended(f"api keys {user_id}", 0))
        await self._connection.execute(select(lock))
        query = select(func.count()).select_from(api_keys).where(api_keys.c.user_id == user_id, _live(at))
        return int((await self._connection.execute(query)).scalar_one())

    async def lock(self, api_key_id: ApiKeyId, user_id: UserId) -> ApiKey | None:
        """The user's key, locked until the transaction ends."""
        mine = select(api_keys).where(api_keys.c.id == api_key_id, api_keys.c.user_id == user_id)
        row = (await self._connection.execute(mine.with_for_update())).one_or_none()
        return _to_key(row) if row else None

    async def save(self, api_key: ApiKey) -> None:
        """Keep a key's revocation."""
        change = update(api_keys).where(api_keys.c.id == api_key.id).values(revoked_at=api_key.revoked_at)
        await self._connection.execute(change)


class PostgresApiKeyReader:
    """ApiKeyReader."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def find(self, key_hash: bytes) -> ApiKey | None:
        """The key of this hash, whatever its state."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(select(api_keys).where(api_keys.c.key_hash == key_hash))).one_or_none()
        return _to_key(row) if row else None

    async def list_live(self, user_id: UserId, at: datetime) -> builtins.list[ApiKey]:
        """The user's keys that work, newest first."""
        mine = select(api_keys).where(api_keys.c.user_id == user_id, _live(at)).order_by(api_keys.c.id.desc())
        async with connect(self._engine) as connection:
            return [_to_key(row) for row in await connection.execute(mine)]

    async def note_use(self, api_key_id: ApiKeyId, at: datetime) -> None:
        """Remember that the key was used."""
        change = update(api_keys).where(api_keys.c.id == api_key_id).values(last_used_at=at)
        async with self._engine.begin() as connection:
            await connection.execute(change)


def _live(at: datetime) -> ColumnElement[bool]:
    return api_keys.c.revoked_at.is_(None) & or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > at)


def _to_key(row: Row[Any]) -> ApiKey:
    fields = row._asdict()
    return ApiKey(**{**fields, "key_hash": bytes(fields["key_hash"]), "scopes": frozenset(fields["scopes"])})
