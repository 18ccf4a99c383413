"""Dropping what is kept for a time only."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

log = structlog.get_logger(__name__)
_EVERY_S: Final = 3600


async def keep_house(**forgetting: Callable[[], Awaitable[int]]) -> None:
    """Forget what is old of each kind, once an hour, until cancelled; a store that is down is tried an hour later."""
    while True:
        for kind, forget in forgetting.items():
            try:
                forgotten = await forget()
            except Exception:
                log.exception("housekeeping.failed", kind=kind)
            else:
                log.info("housekeeping.done", kind=kind, forgotten=forgotten)
        await asyncio.sleep(_EVERY_S)
