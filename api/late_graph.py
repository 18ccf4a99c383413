"""The reasoning graph and its checkpoints, loaded beside a server that already answers.

LangGraph and what it imports take a tenth of a start, and no turn can be asked for before the start is over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from agents.graph import TurnGraph


class LateGraph:
    """Gives the compiled graph; the first call loads it, and calls meanwhile wait. A call that fails may be repeated.

    `url` is PostgreSQL's, `keys` are those of EncryptedCheckpoints. Leaving the block closes the checkpoints.
    """

    def __init__(self, url: str, keys: Mapping[str, bytes]) -> None:
        self._url = url
        self._keys = keys
        self._loading = asyncio.Lock()
        self._opened = AsyncExitStack()
        self._graph: TurnGraph | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._opened.aclose()

    async def __call__(self) -> TurnGraph:
        """The graph. Raises what opening the checkpoints raises, such as OSError when PostgreSQL is away."""
        if self._graph is None:
            async with self._loading:
                if self._graph is None:
                    self._graph = await self._load()
        return self._graph

    async def _load(self) -> TurnGraph:
        await asyncio.to_thread(_import)
        from agents.checkpoint_cipher import EncryptedCheckpoints
        from agents.graph import build_graph
        from data.checkpoints import open_checkpoints

        opening = open_checkpoints(self._url, EncryptedCheckpoints(self._keys))
        return build_graph(await self._opened.enter_async_context(opening))


def _import() -> None:
    """In a thread, so that requests are answered meanwhile."""
    for name in ("agents.checkpoint_cipher", "agents.graph", "data.checkpoints"):
        import_module(name)
