"""The effect ledger on PostgreSQL: an effect, its events and the sealed memory of it are one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import surround
from services.shared.application.effect_ledger import (
    KEPT_DAYS,
    EffectKey,
    EffectKeyReusedError,
    EffectRunningError,
    EffectSealedError,
    Outcome,
)
from services.shared.infrastructure.secret_cipher import SecretCipher
from services.shared.infrastructure.tables import effects


class PostgresEffectLedger:
    """EffectLedger. An advisory lock, which ends with the transaction or the connection, keeps two from working."""

    def __init__(self, engine: AsyncEngine, cipher: SecretCipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def once(self, key: EffectKey, work: Callable[[], Awaitable[bytes]], *, wait: bool = False) -> Outcome:
        """Do the work inside the transaction that remembers it, or give its kept result."""
        async with surround(self._engine) as connection:
            await _lock(connection, key, wait)
            kept = await _kept(connection, key)
            if kept is not None:
                return Outcome(self._opened(key, kept), repeated=True)
            result = await work()
            sealed = self._cipher.seal_bytes(key.user_id, result)
            await connection.execute(
                insert(effects).values(user_id=key.user_id, key=key.key, digest=key.digest, result=sealed)
            )
        return Outcome(result, repeated=False)

    async def forget_old(self) -> int:
        """Drop what is older than seven days."""
        old = delete(effects).where(effects.c.created_at < func.now() - timedelta(days=KEPT_DAYS))
        async with self._engine.begin() as connection:
            return (await connection.execute(old)).rowcount

    def _opened(self, key: EffectKey, kept: bytes) -> bytes:
        result = self._cipher.open_bytes(key.user_id, kept)
        if result is None:
            raise EffectSealedError
        return result


async def _lock(connection: AsyncConnection, key: EffectKey, wait: bool) -> None:
    name = func.hashtextextended(f"effect {key.user_id} {key.key}", 0)
    if wait:
        await connection.execute(select(func.pg_advisory_xact_lock(name)))
    elif not (await connection.execute(select(func.pg_try_advisory_xact_lock(name)))).scalar_one():
        raise EffectRunningError


async def _kept(connection: AsyncConnection, key: EffectKey) -> bytes | None:
    mine = (effects.c.user_id == key.user_id) & (effects.c.key == key.key)
    row = (await connection.execute(select(effects.c.digest, effects.c.result).where(mine))).one_or_none()
    if row is None:
        return None
    if row.digest != key.digest:
        raise EffectKeyReusedError
    return bytes(row.result)
