"""What stands around every request: limits, headers, ids, problems."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from prometheus_client import CollectorRegistry, generate_latest
from redis.asyncio import Redis

from api import problems
from api.metrics import HttpMetrics
from api.middleware.rate_limit import RateLimiter
from api.middleware.redis_rate_limiter import RedisRateLimiter
from api.middleware.stack import install_middleware

KIB = 1024
BuildClient = Callable[..., httpx.AsyncClient]


def build_app(limiter: RateLimiter | None, registry: CollectorRegistry) -> FastAPI:
    app = FastAPI()
    problems.install(app)
    install_middleware(
        app, metrics=HttpMetrics(registry), limiter=limiter, cors_origins=["https://app.example"], body_limit=KIB
    )

    @app.post("/echo")
    async def echo(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    @app.get("/items/{item_id}")
    async def item(item_id: int) -> dict[str, str]:
        return {"text": "x" * 5000}

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def events() -> AsyncIterator[bytes]:
            for number in range(500):
                yield b"data: %d\n\n" % number

        return StreamingResponse(events(), media_type="text/event-stream")

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("the secret inside")

    return app


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
async def client(registry: CollectorRegistry) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build_app(None, registry), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        yield http


async def test_every_response_has_an_id_and_the_security_headers(client: httpx.AsyncClient) -> None:
    response = await client.get("/items/1", headers={"X-Request-ID": "from-the-client"})
    assert response.headers["x-request-id"] == "from-the-client"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert (await client.get("/items/1")).headers["x-request-id"]


async def test_a_body_over_the_limit_is_refused_announced_or_not(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(4):
            yield bytes(KIB // 2)

    assert (await client.post("/echo", content=bytes(KIB))).json() == {"bytes": KIB}
    for content in (bytes(KIB + 1), chunks()):
        refused = await client.post("/echo", content=content)
        assert refused.status_code == 413
        assert refused.json()["code"] == "body-too-large"


async def test_bodies_are_compressed_and_streams_are_not(client: httpx.AsyncClient) -> None:
    assert (await client.get("/items/1")).headers["content-encoding"] == "gzip"
    stream = await client.get("/stream", headers={"Accept": "text/event-stream"})
    assert "content-encoding" not in stream.headers
    assert stream.text.endswith("data: 499\n\n")


async def test_an_unexpected_error_tells_nothing_of_its_inside(client: httpx.AsyncClient) -> None:
    response = await client.get("/broken")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert response.json()["correlation_id"]


async def test_only_the_configured_origin_may_call(client: httpx.AsyncClient) -> None:
    def preflight(origin: str) -> dict[str, str]:
        return {"Origin": origin, "Access-Control-Request-Method": "POST"}

    allowed = await client.options("/echo", headers=preflight("https://app.example"))
    assert allowed.headers["access-control-allow-origin"] == "https://app.example"
    refused = await client.options("/echo", headers=preflight("https://evil.example"))
    assert "access-control-allow-origin" not in refused.headers


async def test_metrics_are_labelled_by_template_and_never_by_what_a_client_made_up(
    client: httpx.AsyncClient, registry: CollectorRegistry
) -> None:
    for path in ("/items/1", "/items/2", "/made/up"):
        await client.get(path)
    text = generate_latest(registry).decode()
    assert 'route="/items/{item_id}",status="200"} 2.0' in text
    assert "made/up" not in text


async def test_too_many_requests_are_refused_with_the_time_to_wait(redis_client: Redis) -> None:
    address = f"10.1.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"
    app = build_app(RedisRateLimiter(redis_client, limit=3), CollectorRegistry())
    transport = httpx.ASGITransport(app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        statuses = [(await http.get("/items/1")).status_code for _ in range(3)]
        refused = await http.get("/items/1")
        other = await http.get("/stream")
    assert statuses == [200, 200, 200]
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert other.status_code == 200


async def test_a_limiter_that_is_down_lets_requests_pass(unreachable_redis: Redis) -> None:
    transport = httpx.ASGITransport(build_app(RedisRateLimiter(unreachable_redis, limit=1), CollectorRegistry()))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        assert [(await http.get("/items/1")).status_code for _ in range(3)] == [200, 200, 200]
