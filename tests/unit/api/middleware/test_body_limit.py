import json

import pytest
from fastapi import FastAPI, Request, UploadFile
from starlette.types import Message, Receive, Scope, Send

from api import problems
from api.middleware.body_limit import BodyLimit
from tests.unit.api.middleware.calls import body_part, client_of, exchange, http_scope


def reading_app() -> FastAPI:
    app = FastAPI()
    problems.install(app)

    @app.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.post("/json")
    async def parse(body: dict[str, str]) -> int:
        return len(body)

    @app.post("/accounts/1/imports")
    async def upload(file: UploadFile) -> int:
        return len(await file.read())

    app.add_middleware(BodyLimit, limit=100, upload_limit=10_000)
    return app


async def drop(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("the app must not be reached")


@pytest.mark.parametrize(("size", "status"), [(0, 200), (100, 200), (101, 413)])
async def test_the_bound_itself_is_allowed(size: int, status: int) -> None:
    async with client_of(reading_app()) as client:
        response = await client.post("/echo", content=b"x" * size)
    assert response.status_code == status


async def test_a_declared_length_over_the_bound_is_refused_before_the_app_and_before_reading() -> None:
    scope = http_scope("/echo", "POST", [("content-length", str(2**30))])
    parts = [body_part(b"x" * 1000, more=True), body_part(b"x" * 1000, more=False)]
    read_at_answer: list[int] = []
    unread = list(parts)

    async def receive() -> Message:
        return unread.pop(0)

    async def send(message: Message) -> None:
        read_at_answer.append(len(parts) - len(unread))

    await BodyLimit(drop, limit=100)(scope, receive, send)
    assert read_at_answer == [0, 0, 2], "the answer leaves first, then what the client still sends is dropped"


async def test_the_refusal_is_a_problem_that_closes_the_connection() -> None:
    scope = http_scope("/echo", "POST", [("content-length", "101")])
    sent, _ = await exchange(BodyLimit(drop, limit=100), scope)
    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == 413
    assert headers[b"content-type"] == b"application/problem+json"
    assert headers[b"connection"] == b"close"
    problem = json.loads(sent[1]["body"])
    assert (problem["code"], problem["limit_bytes"]) == ("body-too-large", 100)
    assert int(headers[b"content-length"]) == len(sent[1]["body"])
    assert [message.get("more_body") for message in sent[1:]] == [True, False]


@pytest.mark.parametrize("path", ["/echo", "/json"])
async def test_a_body_of_unknown_length_is_counted_as_it_comes(path: str) -> None:
    scope = http_scope(path, "POST", [("transfer-encoding", "chunked"), ("content-type", "application/json")])
    parts = [body_part(b"x" * 60, more=True)] * 5
    sent, read = await exchange(reading_app(), scope, parts)
    assert sent[0]["status"] == 413
    assert read == 5
    assert json.loads(sent[1]["body"])["code"] == "body-too-large"


async def test_a_length_that_lies_is_counted_too() -> None:
    scope = http_scope("/echo", "POST", [("content-length", "5")])
    sent, _ = await exchange(reading_app(), scope, [body_part(b"x" * 500, more=False)])
    assert sent[0]["status"] == 413


@pytest.mark.parametrize(("size", "status"), [(5_000, 200), (20_000, 413)])
async def test_uploads_have_a_bound_of_their_own(size: int, status: int) -> None:
    async with client_of(reading_app()) as client:
        response = await client.post("/accounts/1/imports", files={"file": ("a.csv", b"x" * size)})
    assert response.status_code == status


async def test_an_upload_of_unknown_length_over_its_bound_is_413_and_not_a_parse_error() -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    scope = http_scope(
        "/accounts/1/imports",
        "POST",
        [("transfer-encoding", "chunked"), ("content-type", "multipart/form-data; boundary=b")],
    )
    parts = [body_part(head, more=True), *[body_part(b"x" * 4_000, more=True)] * 3]
    sent, _ = await exchange(reading_app(), scope, parts)
    assert sent[0]["status"] == 413


async def test_an_error_of_the_app_within_the_bound_stays_an_error() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        raise RuntimeError("own fault")

    scope = http_scope("/", "POST", [("content-length", "3")])
    with pytest.raises(RuntimeError, match="own fault"):
        await exchange(BodyLimit(broken, limit=100), scope, [body_part(b"abc", more=False)])
