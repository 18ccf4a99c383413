"""Runs calculations that take CPU time beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

AT_ONCE: Final = 2


class Calculations:
    """Threads for calculations, few at once: each may hold some megabytes and a core. numpy works without the GIL."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._slots = asyncio.Semaphore(at_once)

    async def run(self, calculate: Callable[[], T]) -> T:
        """The result, while the event loop goes on; others wait for their turn."""
        async with self._slots:
            return await asyncio.to_thread(calculate)
