"""Turns start in order: who asked first hears the first word first, and nobody is let in who could not be served."""

from __future__ import annotations

import asyncio
from typing import Final

from services.shared.domain.errors import UnavailableError

_AT_ONCE: Final = 8
_PATIENCE_S: Final = 10.0
_COME_BACK_S: Final = 5


class OverloadedError(UnavailableError):
    """More is asked than can be answered at the moment."""

    code = "overloaded"


class Starts:
    """Lets a few turns at a time go from their question to their model's first request.

    When many ask at one moment they would otherwise share the processor: all of them would hear their first word when
    the last one does, and those that are being answered would fall silent meanwhile. With more than can be served, all
    would wait for a store in vain; here those who have waited for ten seconds are turned away before anything was
    recorded, and what was accepted is answered.
    """

    def __init__(self, at_once: int = _AT_ONCE, patience_s: float = _PATIENCE_S) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._patience_s = patience_s

    async def enter(self) -> Start:
        """Wait for one's turn. OverloadedError when that takes too long."""
        try:
            async with asyncio.timeout(self._patience_s):
                await self._free.acquire()
        except TimeoutError as error:
            raise OverloadedError(
                "More questions are being asked than can be answered at the moment. Ask again in a few seconds.",
                extra={"retry_after_s": _COME_BACK_S},
            ) from error
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
