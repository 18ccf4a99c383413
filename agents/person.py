"""What is known of the person who asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from services.shared.domain.errors import NiveshError
from services.shared.domain.identity import Identity
from tools.gateway import ToolGateway


class Person:
    """The person of a turn. Reading may begin while the question is being recorded, which costs a wait for the disk."""

    def __init__(self, gateway: ToolGateway, identity: Identity) -> None:
        self._gateway = gateway
        self._identity = identity
        self._reading: asyncio.Task[str] | None = None

    def read_ahead(self) -> Callable[[], object]:
        """Begin to read. What is given back stops it, for a question that is not recorded after all."""
        self._reading = asyncio.create_task(self._read())
        self._reading.add_done_callback(_heed)
        return self._reading.cancel

    async def lines(self) -> str:
        """The first name and what is remembered, a line each, or that nothing is known yet."""
        return await (self._reading or self._read())

    async def _read(self) -> str:
        # One after the other: it is read ahead of its use, and tasks of their own would take as long as the reading.
        profile, memories = await self._known("get_profile"), await self._known("list_memories")
        lines = [f"First name: {profile['first_name']}."] if profile.get("first_name") else []
        lines += [str(memory["text"]) for memory in memories.get("memories", ())]
        return "\n".join(f"- {' '.join(line.split())}" for line in lines) or "- nothing yet"

    async def _known(self, tool: str) -> dict[str, Any]:
        """What a tool knows of the person; nothing when there is no such tool, or the caller may not use it."""
        if self._gateway.find(tool) is None:
            return {}
        try:
            return await self._gateway.run(self._identity, tool, {})
        except NiveshError:
            return {}


def _heed(reading: asyncio.Task[str]) -> None:
    """A failure is told by whoever waits for the lines; when nobody does, it does not matter."""
    if not reading.cancelled():
        reading.exception()
