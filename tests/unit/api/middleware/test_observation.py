"""Request ids, access log, metrics and unforeseen errors, on the stack as it is installed."""

from typing import Annotated

import pytest
import structlog
from fastapi import APIRouter, Depends, FastAPI
from prometheus_client import CollectorRegistry

from api import problems
from api.dependencies import CurrentUser
from api.metrics import HttpMetrics
from api.middleware.stack import install_middleware
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tests.unit.api.middleware.calls import client_of

USER = UserId(new_uuid())


async def verify(token: str) -> Identity:
    return Identity(USER)


def build_app(registry: CollectorRegistry) -> FastAPI:
    app = FastAPI()
    metrics = HttpMetrics(registry)
    problems.install(app)
    install_middleware(app, metrics=metrics, limiter=None)
    router = APIRouter(prefix="/accounts")

    @router.get("/{account_id}")
    async def account(account_id: int, caller: Annotated[Identity, Depends(CurrentUser(verify))]) -> dict[str, object]:
        return structlog.contextvars.get_contextvars()

    @router.get("/{account_id}/bug")
    async def bug(account_id: int) -> None:
        raise ZeroDivisionError("secret detail")

    app.include_router(router, prefix="/api/v1")
    return app


async def test_a_harmless_id_of_the_client_is_kept_and_bound_to_the_log() -> None:
    async with client_of(build_app(CollectorRegistry())) as client:
        headers = {"x-request-id": "trace-7", "authorization": "Bearer t"}
        response = await client.get("/api/v1/accounts/1", headers=headers)
    assert response.headers["x-request-id"] == "trace-7"
    assert response.json() == {"request_id": "trace-7", "user_id": str(USER)}
    assert structlog.contextvars.get_contextvars() == {}


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "{evil}", "a\tb"])
async def test_any_other_id_is_replaced(given: str) -> None:
    async with client_of(build_app(CollectorRegistry())) as client:
        first = await client.get("/nowhere", headers={"x-request-id": given})
        second = await client.get("/nowhere", headers={"x-request-id": given})
    assert first.headers["x-request-id"] != given
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_one_log_line_per_request_without_the_query() -> None:
    with structlog.testing.capture_logs() as lines:
        async with client_of(build_app(CollectorRegistry())) as client:
            await client.get("/api/v1/accounts/7?payee=DOCTOR", headers={"authorization": "Bearer t"})
            await client.get("/nowhere/made-up")
    found, missing = lines
    assert found["event"] == "request"
    assert (found["method"], found["path"], found["status"]) == ("GET", "/api/v1/accounts/7", 200)
    assert (found["route"], found["client"]) == ("/api/v1/accounts/{account_id}", "203.0.113.9")
    assert "DOCTOR" not in str(found)
    assert (missing["route"], missing["status"]) == ("(unmatched)", 404)


async def test_an_unforeseen_error_has_every_header_and_the_id_of_its_log_lines() -> None:
    with structlog.testing.capture_logs() as lines:
        async with client_of(build_app(CollectorRegistry())) as client:
            response = await client.get("/api/v1/accounts/1/bug", headers={"x-request-id": "trace-8"})
    assert response.status_code == 500
    assert response.json()["correlation_id"] == "trace-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "secret detail" not in response.text
    unexpected = next(line for line in lines if line["event"] == "unexpected error")
    assert unexpected["correlation_id"] == "trace-8"
    assert isinstance(unexpected["exc_info"], ZeroDivisionError)


async def test_metrics_count_by_route_template_and_status() -> None:
    registry = CollectorRegistry()
    async with client_of(build_app(registry)) as client:
        for account in (1, 2, 3):
            await client.get(f"/api/v1/accounts/{account}", headers={"authorization": "Bearer t"})
        await client.get("/api/v1/accounts/1")
        await client.get("/api/v1/accounts/1/bug")
        for path in ("/made-up/1", "/made-up/2"):
            await client.get(path)

    def requests(route: str, status: str) -> float | None:
        return registry.get_sample_value(
            "nivesh_http_requests_total", {"method": "GET", "route": route, "status": status}
        )

    assert requests("/api/v1/accounts/{account_id}", "200") == 3
    assert requests("/api/v1/accounts/{account_id}", "401") == 1
    assert requests("/api/v1/accounts/{account_id}/bug", "500") == 1
    assert requests("(unmatched)", "404") == 2
    assert registry.get_sample_value("nivesh_http_requests_in_flight") == 0
