"""Is somebody delivering events? The health check of `nivesh worker`, which opens no port.

`python -m api.workers.check` exits with 0 when a relay is at work on the configured PostgreSQL, with 1 otherwise.
"""

from __future__ import annotations

import asyncio
import sys

from api.settings import Settings, secret
from data.outbox.relay import relay_is_running
from data.postgres import create_engine


async def events_are_delivered(settings: Settings) -> bool:
    """Whether a worker, this one or one that it stands by for, carries the outbox onwards. Needs a PostgreSQL URL."""
    url = secret(settings.postgres_url)
    if url is None:
        return False
    engine = create_engine(url, pool_size=1)
    try:
        return await relay_is_running(engine)
    finally:
        await engine.dispose()


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(events_are_delivered(Settings())) else 1)
