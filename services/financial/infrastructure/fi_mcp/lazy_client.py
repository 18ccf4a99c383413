"""The client of Fi, loaded when it is first used: its package takes a second to load, and few ever link Fi."""

from __future__ import annotations

import asyncio
from importlib import import_module

from services.financial.application.fi.ports import Fetched, FiClient, LoginNeeded


class LazyFiClient:
    """Implements FiClient by the one in `client`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: FiClient | None = None

    async def check(self, session_id: str, *, new: bool) -> LoginNeeded | Fetched:
        """Ask for the net worth only."""
        return await (await self._loaded()).check(session_id, new=new)

    async def fetch(self, session_id: str) -> LoginNeeded | Fetched:
        """Ask for everything, one source after another."""
        return await (await self._loaded()).fetch(session_id)

    async def _loaded(self) -> FiClient:
        if self._client is None:
            module = await asyncio.to_thread(import_module, "services.financial.infrastructure.fi_mcp.client")
            client: FiClient = module.McpFiClient(self._url)
            self._client = client
        return self._client
