"""Health checks and metrics, outside the API's prefix and without login."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from pydantic import BaseModel
from sqlalchemy import text

from api.stores import Stores

_CHECK_TIMEOUT_S = 2.0


class HealthResponse(BaseModel):
    """`ok` or `unavailable`; `checks` names each store."""

    status: str
    checks: dict[str, str] = {}


def build_health_router(stores: Stores, registry: CollectorRegistry) -> APIRouter:
    """`/health/live`, `/health/ready`, `/metrics`."""
    router = APIRouter(tags=["operations"])

    @router.get("/health/live", summary="Is the process alive?")
    async def live() -> HealthResponse:
        return HealthResponse(status="ok")

    @router.get("/health/ready", responses={503: {"model": HealthResponse}}, summary="Can it serve requests?")
    async def ready() -> Response:
        checks = await _checks(stores)
        healthy = all(state == "ok" for state in checks.values())
        health = HealthResponse(status="ok" if healthy else "unavailable", checks=checks)
        return JSONResponse(health.model_dump(), status_code=200 if healthy else 503)

    @router.get("/metrics", response_class=Response, summary="Prometheus metrics")
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


async def _checks(stores: Stores) -> dict[str, str]:
    async def postgres() -> None:
        async with stores.postgres.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def redis() -> None:
        await stores.redis.ping()

    named: dict[str, Awaitable[object]] = {"postgres": postgres(), "redis": redis()}
    if stores.opened_mongo is not None:
        named["mongo"] = stores.opened_mongo.command("ping")
    if stores.opened_graph is not None:
        named["graph"] = stores.opened_graph.verify_connectivity()
    states = await asyncio.gather(*(_state(check) for check in named.values()))
    return dict(zip(named, states, strict=True))


async def _state(check: Awaitable[object]) -> str:
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT_S):
            await check
    except Exception as error:
        return f"unavailable: {type(error).__name__}"
    return "ok"
