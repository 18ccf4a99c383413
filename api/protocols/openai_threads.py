"""Which conversation goes on in a chat-completions request, whose client sends all that was said and no id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import orjson
from redis.asyncio import Redis

from services.shared.domain.identity import Identity
from services.shared.domain.ids import ConversationId

_KEPT_S: Final = 30 * 24 * 3600

Said = tuple[str, str]
"""A role and a text."""


class ChatThreads:
    """Remembers, for thirty days, after which messages a conversation stood where."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def find(self, caller: Identity, said: Sequence[Said]) -> ConversationId | None:
        """The caller's conversation in which just this was said; None for a new or an unknown one."""
        if not any(role == "assistant" for role, _ in said):
            return None
        found = await self._redis.get(_key(caller, said))
        return ConversationId(UUID(found if isinstance(found, str) else found.decode())) if found else None

    async def remember(self, caller: Identity, said: Sequence[Said], conversation_id: ConversationId) -> None:
        """Note that the conversation now stands after these messages."""
        await self._redis.set(_key(caller, said), str(conversation_id), ex=_KEPT_S)


def _key(caller: Identity, said: Sequence[Said]) -> str:
    digest = hashlib.sha256(orjson.dumps([[role, text.strip()] for role, text in said])).hexdigest()
    return f"openai-thread:{caller.user_id}:{digest}"
