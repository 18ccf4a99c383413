"""A pool that no other test takes from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy import AsyncAdaptedQueuePool
from sqlalchemy.ext.asyncio import AsyncEngine

from data.postgres import create_engine


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    """Of five connections, of which one is lent from statement to statement."""
    engine = create_engine(postgres_url, pool_size=5)
    yield engine
    await engine.dispose()


def taken_from(engine: AsyncEngine) -> int:
    """How many of its connections are out."""
    return cast("AsyncAdaptedQueuePool", engine.pool).checkedout()
