"""Turns are worked on in order: who asked first hears the first word first, and nobody is let in to wait in vain."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Final

from services.shared.domain.errors import UnavailableError

_AT_ONCE: Final = 5
_AT_MOST_S: Final = 0.1
_PATIENCE_S: Final = 10.0
_COME_BACK_S: Final = 5


class OverloadedError(UnavailableError):
    """More is asked than can be answered at the moment."""

    code = "overloaded"


class Slots:
    """Lets a few turns at a time go from their question, or from a model's answer, to the next request to the model.

    When many ask at one moment they would otherwise share the processor: all of them would hear their first word when
    the last one does, and those that are being answered would fall silent meanwhile. So turns that have begun go before
    new ones. With more than can be served, all would wait for a store in vain; here those who have waited for ten
    seconds are turned away before anything was recorded, and what was accepted is answered.

    Few are enough to keep one processor busy. Who holds a slot for longer than `at_most_s` waits for something else
    than the processor, such as a slow store, and its slot goes to another.
    """

    def __init__(
        self, at_once: int = _AT_ONCE, *, at_most_s: float = _AT_MOST_S, patience_s: float = _PATIENCE_S
    ) -> None:
        self._free = at_once
        self._at_most_s = at_most_s
        self._patience_s = patience_s
        self._begun: deque[asyncio.Future[None]] = deque()
        self._new: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        """Wait for a slot before a turn is known; the next to enter in this context gets it. OverloadedError."""
        admitted = _Admitted(await self.enter_anew())
        token = _ADMITTED.set(admitted)
        try:
            yield
        finally:
            _ADMITTED.reset(token)
            admitted.take().leave()

    async def enter(self) -> Slot:
        """A new turn's slot: the one that its request was let in with, or the next. OverloadedError if none is soon."""
        admitted = _ADMITTED.get()
        slot = admitted.take() if admitted is not None else None
        return slot if slot is not None and slot.is_held else await self.enter_anew()

    async def enter_anew(self) -> Slot:
        """A new turn's slot, waited for. OverloadedError."""
        try:
            async with asyncio.timeout(self._patience_s):
                await self._take(self._new)
        except TimeoutError as error:
            raise OverloadedError(
                "More questions are being asked than can be answered at the moment. Ask again in a few seconds.",
                extra={"retry_after_s": _COME_BACK_S},
            ) from error
        return Slot(self)

    async def reenter(self) -> None:
        """Wait for the slot of a turn that has begun."""
        await self._take(self._begun)

    def expire(self, slot: Slot) -> asyncio.TimerHandle:
        """Have the slot left when its time is over."""
        return asyncio.get_running_loop().call_later(self._at_most_s, slot.leave)

    def give_back(self) -> None:
        """Hand a slot on to who waits first."""
        for waiting in (self._begun, self._new):
            while waiting:
                future = waiting.popleft()
                if not future.done():
                    future.set_result(None)
                    return
        self._free += 1

    async def _take(self, waiting: deque[asyncio.Future[None]]) -> None:
        if self._free:
            self._free -= 1
            return
        future = asyncio.get_running_loop().create_future()
        waiting.append(future)
        try:
            await future
        except asyncio.CancelledError:
            # Handed over at the very moment: nobody would ever give it back.
            if future.done() and not future.cancelled():
                self.give_back()
            raise


class Slot:
    """One turn's. Without `slots`, for a turn that nobody waits for, it is never held."""

    def __init__(self, slots: Slots | None = None) -> None:
        self._slots = slots
        self._expiry = slots.expire(self) if slots is not None else None

    @property
    def is_held(self) -> bool:
        """Whether it has been taken and not left since."""
        return self._expiry is not None

    def leave(self) -> None:
        """The model is asked, or the turn has ended: another may be worked on. Saying it again changes nothing."""
        expiry, self._expiry = self._expiry, None
        if expiry is not None and self._slots is not None:
            expiry.cancel()
            self._slots.give_back()

    async def again(self) -> None:
        """The model has answered with calls: go on as soon as there is a slot, before any new turn."""
        if self._slots is not None and self._expiry is None:
            await self._slots.reenter()
            self._expiry = self._slots.expire(self)


class _Admitted:
    """The slot that a request was let in with, until a turn takes it."""

    def __init__(self, slot: Slot) -> None:
        self._slot = slot

    def take(self) -> Slot:
        """It, once; then one that nobody holds."""
        slot, self._slot = self._slot, Slot()
        return slot


_ADMITTED: ContextVar[_Admitted | None] = ContextVar("admitted", default=None)
