"""Which conversation goes on in a chat-completions request, whose client sends all that was said and no id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import orjson
from redis.asyncio import Redis

from services.shared.domain.identity import Identity
from services.shared.domain.ids import ConversationId, RunId, UserId

_KEPT_S: Final = 30 * 24 * 3600

Said = tuple[str, str]
"""A role and a text."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a chat stands: in which conversation, after which turn."""

    conversation_id: ConversationId
    run_id: RunId


class ChatThreads:
    """Remembers, for thirty days, after which messages a conversation stood where."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def find(self, caller: Identity, said: Sequence[Said]) -> Stand | None:
        """Where just this was said of the caller's; None for a new or an unknown chat."""
        if not any(role == "assistant" for role, _ in said):
            return None
        found = await self._redis.get(_key(caller, said))
        if not found:
            return None
        conversation_id, run_id = (found if isinstance(found, str) else found.decode()).split()
        return Stand(ConversationId(UUID(conversation_id)), RunId(UUID(run_id)))

    async def remember(self, caller: Identity, said: Sequence[Said], stand: Stand) -> None:
        """Note where the conversation stands after these messages."""
        await self._redis.set(_key(caller, said), f"{stand.conversation_id} {stand.run_id}", ex=_KEPT_S)

    async def forget(self, user_id: UserId) -> None:
        """Remember nothing of a person; found by a walk over all keys, as this is rare and nobody waits for it."""
        async for key in self._redis.scan_iter(_name(user_id, "*"), count=1000):
            await self._redis.delete(key)


def _key(caller: Identity, said: Sequence[Said]) -> str:
    digest = hashlib.sha256(orjson.dumps([[role, text.strip()] for role, text in said])).hexdigest()
    return _name(caller.user_id, digest)


def _name(user_id: UserId, digest: str) -> str:
    return f"openai-stand:{user_id}:{digest}"
