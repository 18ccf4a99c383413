"""Judging goals as time passes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Final

import structlog

from services.shared.domain.clock import Clock, today

log = structlog.get_logger(__name__)
_LOOK_EVERY_S: Final = 600


async def check_goals_daily(check_all: Callable[[], Awaitable[int]], clock: Clock) -> None:
    """Check everybody's goals once a day, beginning now, until cancelled; after a failure again ten minutes later."""
    checked_on: date | None = None
    while True:
        day = today(clock)
        if day != checked_on:
            try:
                changed = await check_all()
            except Exception:
                log.exception("goals.check_failed")
            else:
                checked_on = day
                log.info("goals.checked", changed=changed)
        await asyncio.sleep(_LOOK_EVERY_S)
