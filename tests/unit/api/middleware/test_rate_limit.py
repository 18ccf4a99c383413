import math
from collections import Counter

import pytest
import structlog
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.middleware.rate_limit import Allowance, RateLimit, RateLimiterDownError, key_of
from tests.unit.api.middleware.calls import client_of, exchange, http_scope


class CountingLimiter:
    """Lets `limit` requests of a key pass, ever."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.taken: Counter[str] = Counter()

    async def take(self, key: str) -> Allowance:
        self.taken[key] += 1
        left = self.limit - self.taken[key]
        return Allowance(left >= 0, self.limit, max(left, 0), 41.3)


class DownLimiter:
    async def take(self, key: str) -> Allowance:
        raise RateLimiterDownError("connection refused")


async def test_headers_count_down_and_then_it_is_429() -> None:
    async with client_of(RateLimit(PlainTextResponse("ok"), limiter=CountingLimiter(2))) as client:
        responses = [await client.get("/api/v1/goals") for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    assert [response.headers["x-ratelimit-remaining"] for response in responses] == ["1", "0", "0"]
    assert {response.headers["x-ratelimit-limit"] for response in responses} == {"2"}
    assert responses[2].headers["retry-after"] == str(math.ceil(41.3))
    assert responses[2].headers["content-type"] == "application/problem+json"
    assert responses[2].json()["code"] == "rate-limited"


async def test_opening_sockets_is_limited_too() -> None:
    async def accept(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})

    app, scope = RateLimit(accept, limiter=CountingLimiter(2)), {**http_scope("/api/v1/chat/ws"), "type": "websocket"}
    del scope["method"]
    sent = [(await exchange(app, scope))[0][0] for _ in range(3)]
    assert [message["type"] for message in sent[:2]] == ["websocket.accept"] * 2
    assert (sent[2]["type"], sent[2]["status"]) == ("websocket.http.response.start", 429)
    assert dict(sent[2]["headers"])[b"retry-after"] == b"42"


async def test_health_checks_are_not_limited() -> None:
    async with client_of(RateLimit(PlainTextResponse("ok"), limiter=CountingLimiter(0))) as client:
        assert (await client.get("/health/live")).status_code == 200
        assert (await client.get("/api/v1/goals")).status_code == 429


async def test_when_the_limiter_is_down_requests_pass_and_the_log_says_so_once() -> None:
    with structlog.testing.capture_logs() as lines:
        async with client_of(RateLimit(PlainTextResponse("ok"), limiter=DownLimiter())) as client:
            responses = [await client.get("/") for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 200]
    assert "x-ratelimit-limit" not in responses[0].headers
    assert [line["event"] for line in lines] == ["requests are not limited: Redis is down"]


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        ("/api/v1/goals", "/api/v1/goals"),
        ("/api/v1/accounts/0198c0de-0000-7000-8000-000000000000/imports", "/api/v1/accounts/{id}/imports"),
        ("/api/v1/accounts/17/imports/", "/api/v1/accounts/{id}/imports"),
        ("/" + "x" * 500, "/" + "x" * 40),
        ("/a" * 100, "/a" * 8),
    ],
)
def test_identifiers_do_not_make_new_endpoints(path: str, endpoint: str) -> None:
    assert key_of(http_scope(path, "POST")) == f"ratelimit:203.0.113.9:POST:{endpoint}"


@pytest.mark.parametrize(
    ("client", "network"),
    [
        (("2001:db8:1:2:aaaa::1", 1), "2001:db8:1:2::"),
        (("2001:db8:1:2:bbbb::9", 1), "2001:db8:1:2::"),
        (("::ffff:198.51.100.7", 1), "198.51.100.7"),
        (("testclient", 1), "unknown"),
        (None, "local"),
    ],
)
def test_a_subscriber_is_one_network(client: tuple[str, int] | None, network: str) -> None:
    assert key_of(http_scope("/x", client=client)) == f"ratelimit:{network}:GET:/x"
