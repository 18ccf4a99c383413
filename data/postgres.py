"""PostgreSQL through SQLAlchemy's async engine on asyncpg."""

from typing import Any

import asyncpg
import orjson
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from data.errors import StoreError


def async_url(url: str) -> str:
    """A `postgres://` or `postgresql://` URL with the driver that SQLAlchemy needs; others stay as they are."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+asyncpg")
    return parsed.render_as_string(hide_password=False)


def libpq_url(url: str) -> str:
    """The same URL for drivers that speak libpq's form, such as psycopg and asyncpg."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def create_engine(url: str, *, pool_size: int = 10, max_overflow: int = 10) -> AsyncEngine:
    """A pooled engine. `pool_size + max_overflow` bounds the connections; a caller waits 10 s for one at most."""
    return create_async_engine(
        async_url(url),
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=10,
        pool_pre_ping=True,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )


async def raw_connection(connection: AsyncConnection) -> "asyncpg.Connection[Any]":
    """The asyncpg connection below, for COPY and LISTEN, inside the same transaction."""
    raw = (await connection.get_raw_connection()).driver_connection
    if not isinstance(raw, asyncpg.Connection):
        raise StoreError("PostgreSQL must be reached through asyncpg for this operation.")
    return raw
