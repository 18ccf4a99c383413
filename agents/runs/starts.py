"""Turns start in order: who asked first hears the first word first."""

from __future__ import annotations

import asyncio
from typing import Final

AT_ONCE: Final = 4
_PATIENCE_S: Final = 5.0


class Starts:
    """Lets a few turns at a time go from their question to their model's first request.

    When many ask at one moment they would otherwise share the processor, and all of them would hear their first word
    when the last one does; those that are being answered would fall silent meanwhile. Nobody waits longer than five
    seconds, so that some that hang on a slow store do not hold up the rest.
    """

    def __init__(self, at_once: int = AT_ONCE, patience_s: float = _PATIENCE_S) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._patience_s = patience_s

    async def enter(self) -> Start:
        """Wait for one's turn."""
        try:
            async with asyncio.timeout(self._patience_s):
                await self._free.acquire()
        except TimeoutError:
            return Start(None)
        return Start(self._free)


class Start:
    """A turn on its way to its model."""

    def __init__(self, free: asyncio.Semaphore | None) -> None:
        self._free = free

    def over(self) -> None:
        """The model is asked, or the turn has ended: the next one may start. Saying it again changes nothing."""
        free, self._free = self._free, None
        if free is not None:
            free.release()
