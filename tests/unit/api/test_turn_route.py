"""Routes that begin turns: good requests are taken at once, all others by FastAPI, and the answers are the same."""

from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from api import problems
from api.dependencies import CurrentUser
from api.turn_route import turn_route
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.errors import TokenInvalidError
from tests.unit.api.middleware.calls import client_of

USER = UserId(new_uuid())
CALLER = {"authorization": "Bearer good"}
JSON = {"content-type": "application/json"}


class Question(BaseModel):
    model_config = ConfigDict(extra="forbid")

    message: str = Field(min_length=1)


async def verify(token: str) -> Identity:
    if token != "good":
        raise TokenInvalidError
    return Identity(USER, frozenset())


async def refuse() -> None:
    raise TokenInvalidError


def build_app(*, at_once: bool) -> FastAPI:
    app = FastAPI()
    problems.install(app)
    current_user = CurrentUser(verify)
    caller = Annotated[Identity, Depends(current_user)]
    router = APIRouter(route_class=turn_route(current_user) if at_once else APIRoute)

    @router.post("/questions")
    async def ask(
        user: caller, body: Question, request: Request, idempotency_key: Annotated[str | None, Header()] = None
    ) -> Response:
        return JSONResponse([str(user.user_id), body.message, request.url.path, idempotency_key])

    @router.post("/objects")
    async def take(user: caller, body: dict[str, Any]) -> Response:
        return JSONResponse([str(user.user_id), body])

    @router.post("/guarded", dependencies=[Depends(refuse)])
    async def guarded(user: caller, body: Question) -> Response:
        return JSONResponse([str(user.user_id), body.message])

    @router.post("/questions/{question_id}")
    async def answer(user: caller, question_id: int, body: Question) -> Response:
        return JSONResponse([str(user.user_id), question_id, body.message])

    app.include_router(router, prefix="/api")
    return app


REQUESTS = {
    "good": ("/api/questions", CALLER | JSON, b'{"message": "\\u20b9 5?"}'),
    "with a key": ("/api/questions", CALLER | JSON | {"idempotency-key": "k1"}, b'{"message": "how much?"}'),
    "with a charset": (
        "/api/questions",
        CALLER | {"content-type": "application/json; charset=utf-8"},
        b'{"message": "?"}',
    ),
    "no media type": ("/api/questions", CALLER, b'{"message": "?"}'),
    "another media type": ("/api/questions", CALLER | {"content-type": "text/plain"}, b'{"message": "?"}'),
    "no JSON": ("/api/questions", CALLER | JSON, b"{"),
    "no UTF-8": ("/api/questions", CALLER | JSON, b'{"message": "\xff"}'),
    "half a pair": ("/api/questions", CALLER | JSON, b'{"message": "\\ud83d"}'),
    "empty": ("/api/questions", CALLER | JSON, b""),
    "a field too many": ("/api/questions", CALLER | JSON, b'{"message": "?", "more": 1}'),
    "a wrong type": ("/api/questions", CALLER | JSON, b'{"message": 1}'),
    "nobody": ("/api/questions", JSON, b'{"message": "?"}'),
    "nobody's bad body": ("/api/questions", JSON, b"{"),
    "a wrong token": ("/api/questions", JSON | {"authorization": "Bearer bad"}, b'{"message": "?"}'),
    "any object": ("/api/objects", CALLER | JSON, b'{"a": [1, 2.5, null]}'),
    "no object": ("/api/objects", CALLER | JSON, b"[]"),
    "with a guard": ("/api/guarded", CALLER | JSON, b'{"message": "?"}'),
    "with a path parameter": ("/api/questions/7", CALLER | JSON, b'{"message": "?"}'),
    "with a bad path parameter": ("/api/questions/x", CALLER | JSON, b'{"message": "?"}'),
}


@pytest.mark.parametrize("name", REQUESTS)
async def test_the_answer_is_what_fastapi_gives(name: str) -> None:
    path, headers, body = REQUESTS[name]
    answers = []
    for at_once in (True, False):
        async with client_of(build_app(at_once=at_once)) as client:
            response = await client.post(path, headers=headers, content=body)
        answers.append((response.status_code, response.headers["content-type"], response.content))
    assert answers[0] == answers[1]


def test_the_description_is_fastapis() -> None:
    assert build_app(at_once=True).openapi() == build_app(at_once=False).openapi()


@pytest.mark.parametrize("name", ["good", "with a key", "any object"])
async def test_a_good_request_is_not_taken_apart(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def taken_apart(**_: object) -> None:
        raise AssertionError("FastAPI looked for what the endpoint wants")

    monkeypatch.setattr("fastapi.routing.solve_dependencies", taken_apart)
    path, headers, body = REQUESTS[name]
    async with client_of(build_app(at_once=True)) as client:
        response = await client.post(path, headers=headers, content=body)
    assert (response.status_code, response.json()[0]) == (200, str(USER))
