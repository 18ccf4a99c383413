"""Dropping what is kept for a time only."""

import asyncio
from typing import Final

import structlog

from services.shared.application.effect_ledger import EffectLedger

log = structlog.get_logger(__name__)
_EVERY_S: Final = 3600


async def keep_house(ledger: EffectLedger) -> None:
    """Once an hour, until cancelled; a store that is down is tried again an hour later."""
    while True:
        try:
            forgotten = await ledger.forget_old()
        except Exception:
            log.exception("housekeeping.failed")
        else:
            log.info("housekeeping.done", forgotten_effects=forgotten)
        await asyncio.sleep(_EVERY_S)
