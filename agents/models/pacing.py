"""Patience with a model's stream: so long for its first event, so long between two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final, TypeVar

from agents.models.port import ModelError

FIRST_S: Final = 10.0
BETWEEN_S: Final = 15.0

T = TypeVar("T")


async def paced(
    stream: AsyncIterator[T], *, first_s: float = FIRST_S, between_s: float = BETWEEN_S
) -> AsyncIterator[T]:
    """The stream's items. Raises a retryable ModelError when the next one takes too long."""
    patience = first_s
    while True:
        try:
            async with asyncio.timeout(patience):
                item = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise ModelError("The model took too long to answer.", retryable=True) from error
        yield item
        patience = between_s
