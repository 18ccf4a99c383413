import json
import threading
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import Body, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict

from api.problems import MEDIA_TYPE, install, problem_of, problem_response, status_of
from services.shared.domain import errors
from services.shared.infrastructure.problem import problem_responses


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    count: int = 0


def build_app() -> FastAPI:
    app = FastAPI()
    raisable: dict[str, Exception] = {
        "conflict": errors.ConflictError("Taken.", code="email-taken", extra={"email": "a@b.in"}),
        "limited": errors.RateLimitedError("Slow down.", extra={"retry_after_s": 7}),
        "down": errors.UnavailableError("The store is down."),
        "anonymous": errors.UnauthenticatedError("Log in."),
        "expired": errors.UnauthenticatedError("Expired.", code="token-expired"),
        "teapot": HTTPException(418, "short and stout"),
        "bug": RuntimeError("password=hunter2"),
    }

    @app.get("/raise/{kind}", responses=problem_responses(409, 503))
    async def raise_it(kind: str) -> None:
        raise raisable[kind]

    @app.post("/things/{thing_id}")
    async def make(thing_id: UUID, thing: Annotated[Thing, Body()]) -> str:
        return f"{thing_id} {thing.name}"

    @app.get("/state", responses={503: {"model": Thing}})
    async def state() -> str:
        return "well"

    install(app)
    return app


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.InvalidInputError, 422),
        (errors.UnauthenticatedError, 401),
        (errors.PermissionDeniedError, 403),
        (errors.NotFoundError, 404),
        (errors.ConflictError, 409),
        (errors.TooLargeError, 413),
        (errors.UnsupportedFormatError, 415),
        (errors.RateLimitedError, 429),
        (errors.UnavailableError, 503),
        (errors.NiveshError, 500),
    ],
)
def test_every_error_class_has_its_status(kind: type[errors.NiveshError], status: int) -> None:
    assert status_of(type("OwnError", (kind,), {})("what")) == status


async def test_domain_error_becomes_a_problem_with_its_members(client: httpx.AsyncClient) -> None:
    response = await client.get("/raise/conflict")
    assert response.status_code == 409
    assert response.headers["content-type"] == MEDIA_TYPE
    assert response.json() == {
        "type": "urn:nivesh:problem:email-taken",
        "title": "Conflict",
        "status": 409,
        "detail": "Taken.",
        "instance": "/raise/conflict",
        "code": "email-taken",
        "email": "a@b.in",
    }


@pytest.mark.parametrize(
    ("kind", "header", "value"),
    [
        ("limited", "retry-after", "7"),
        ("down", "retry-after", "5"),
        ("anonymous", "www-authenticate", 'Bearer realm="nivesh"'),
        ("expired", "www-authenticate", 'Bearer realm="nivesh", error="invalid_token"'),
    ],
)
async def test_statuses_carry_their_headers(client: httpx.AsyncClient, kind: str, header: str, value: str) -> None:
    assert (await client.get(f"/raise/{kind}")).headers[header] == value


async def test_unforeseen_error_tells_an_id_and_nothing_of_its_insides(client: httpx.AsyncClient) -> None:
    response = await client.get("/raise/bug")
    problem = response.json()
    assert response.status_code == 500
    assert response.headers["content-type"] == MEDIA_TYPE
    assert problem["correlation_id"] in problem["detail"]
    assert "hunter2" not in response.text
    assert "RuntimeError" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("DELETE", "/raise/x", 405, "method-not-allowed"),
        ("GET", "/raise/teapot", 418, "http-418"),
    ],
)
async def test_framework_errors_are_problems_too(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    response = await client.request(method, path)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == MEDIA_TYPE


@pytest.mark.parametrize("body", [b"{", b"", b"[1,", b"\xff\xfe{}", b"nan(", b"[" * 200_000])
async def test_malformed_json_is_400_or_says_that_a_body_is_required(client: httpx.AsyncClient, body: bytes) -> None:
    path = "/things/0198c0de-0000-7000-8000-000000000000"
    response = await client.post(path, content=body, headers={"content-type": "application/json"})
    assert response.headers["content-type"] == MEDIA_TYPE
    assert response.status_code == (400 if body else 422)


async def test_invalid_fields_are_named_in_words_and_not_repeated(client: httpx.AsyncClient) -> None:
    response = await client.post("/things/7", json={"count": "many-secret", "colour": "red"})
    assert response.status_code == 422
    problem = response.json()
    assert problem["code"] == "invalid-input"
    assert {(e["field"], e["message"]) for e in problem["errors"]} == {
        ("thing_id", "must be a UUID"),
        ("name", "is required"),
        ("count", "must be a whole number"),
        ("colour", "is not a known field; remove it"),
    }
    assert "many-secret" not in response.text


async def test_who_sends_no_body_is_told_how_to(client: httpx.AsyncClient) -> None:
    response = await client.post("/things/019a8f4e-6f0a-7c3e-9a51-6f0d6f0a7c3e")
    assert "body: is required; send one with Content-Type: application/json" in response.json()["detail"]


def test_a_problem_may_quote_half_a_surrogate_pair() -> None:
    response = problem_response(problem_of(errors.InvalidInputError("'\ud800' is not an id.")))
    assert json.loads(bytes(response.body))["detail"] == "'\ud800' is not an id."


async def test_openapi_documents_problems_with_their_media_type(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert "HTTPValidationError" not in document["components"]["schemas"]
    responses = document["paths"]["/raise/{kind}"]["get"]["responses"]
    assert set(responses) == {"200", "409", "422", "503"}
    for status in ("409", "422", "503"):
        schema = {"$ref": "#/components/schemas/Problem"}
        assert responses[status]["content"] == {"application/problem+json": {"schema": schema}}
    unwell = document["paths"]["/state"]["get"]["responses"]["503"]
    assert unwell["content"] == {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}


async def test_the_document_is_made_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    app, threads = FastAPI(), list[int]()
    install(app)
    usual = app.openapi

    def noted() -> dict[str, Any]:
        threads.append(threading.get_ident())
        return usual()

    monkeypatch.setattr(app, "openapi", noted)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://nivesh") as client:
        assert (await client.get("/openapi.json")).json()["info"]["title"] == "FastAPI"
    assert threads[0] != threading.get_ident()
