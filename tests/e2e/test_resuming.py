"""Streams cut at every boundary while the answer is being given, and taken up again, by another process as well."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import orjson
import pytest
from websockets.sync.client import ClientConnection

from agents.runs.events import FINAL_EVENTS, split
from tests.e2e.test_socket import opened, receive, send
from tests.support.client import Person
from tests.support.server import Server


def asked(every_ms: int) -> str:
    """A question whose answer is given at that pace."""
    return f"Say it. [[tokens=12 every_ms={every_ms} tool=get_net_worth]]"


QUESTION = asked(5)
SSE = {"Accept": "text/event-stream"}


@pytest.fixture
def elsewhere(pair: tuple[Server, Server], person: Person) -> Iterator[httpx.Client]:
    """The person on the other process."""
    with httpx.Client(base_url=f"{pair[1].url}/api/v1", headers=person.http.headers, timeout=60) as http:
        yield http


def read(response: httpx.Response, at_most: int | None = None) -> bytes:
    """So many whole frames of an open stream, or all of it."""
    assert response.status_code == 200, response.read()
    seen = b""
    for chunk in response.iter_bytes():
        seen += chunk
        if at_most is not None and seen.count(b"\n\n") >= at_most:
            return b"".join(split(seen)[:at_most])
    return seen


def cut(http: httpx.Client, path: str, body: dict[str, Any], after: int, **headers: str) -> tuple[bytes, str]:
    """Ask, and leave after so many frames; what was seen, and the run's id."""
    with http.stream("POST", path, json=body, headers={**SSE, **headers}) as response:
        return read(response, after), response.headers.get("x-run-id", "")


def test_events_cut_at_every_boundary(person: Person, elsewhere: httpx.Client) -> None:
    for after in count(1):
        seen, run_id = cut(person.http, "/chat", {"message": QUESTION}, after)
        last = len(split(seen))
        rest = elsewhere.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": str(last)})
        whole = person.http.get(f"/runs/{run_id}/events").content
        assert seen + rest.content == whole, f"cut after {after}"
        if seen == whole:
            assert after > 10
            return


def test_a_socket_cut_at_every_boundary(pair: tuple[Server, Server], person: Person) -> None:
    for after in count(1):
        with opened(pair[0], person) as socket:
            send(socket, type="ask", message=QUESTION)
            run_id = receive(socket)["run_id"]
            seen = _events(socket, after)
        with opened(pair[1], person) as socket:
            send(socket, type="follow", run_id=run_id, last_event_id=seen[-1]["id"])
            assert receive(socket)["type"] == "accepted"
            rest = [] if _is_end(seen[-1]) else _events(socket)
        told = [(event["id"], event["event"], event["data"]) for event in seen + rest]
        log = person.http.get(f"/runs/{run_id}/events").content
        assert told == [_parts(frame) for frame in split(log)], f"cut after {after}"
        if not rest:
            assert after > 10
            return


def _events(socket: ClientConnection, at_most: int | None = None) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    while len(events) != at_most and not (events and _is_end(events[-1])):
        events.append(receive(socket))
    return events


def _is_end(event: dict[str, Any]) -> bool:
    return event["event"] in FINAL_EVENTS


def _parts(frame: bytes) -> tuple[int, str, Any]:
    event, seq, data = frame.rstrip(b"\n").split(b"\n", 2)
    return int(seq[4:]), event[7:].decode(), orjson.loads(data[6:])


def ai_sdk(chat: str, question: str = QUESTION) -> dict[str, Any]:
    parts = [{"type": "text", "text": question}]
    return {"id": chat, "trigger": "submit-message", "messages": [{"id": "m1", "role": "user", "parts": parts}]}


def ag_ui(thread: str) -> dict[str, Any]:
    message = {"id": "m1", "role": "user", "content": QUESTION}
    return {
        "threadId": thread, "runId": "r1", "messages": [message], "tools": [], "context": [], "state": {},
        "forwardedProps": {},
    }  # fmt: skip


@pytest.mark.parametrize(("path", "body_of"), [("/chat/ai-sdk", ai_sdk), ("/chat/ag-ui", ag_ui)])
def test_protocols_that_begin_anew_tell_the_same_again(
    path: str, body_of: Any, person: Person, elsewhere: httpx.Client
) -> None:
    for after in count(1):
        body = body_of(secrets.token_hex(8))
        seen, _ = cut(person.http, path, body, after)
        whole = elsewhere.post(path, json=body, headers=SSE).content
        assert whole.startswith(seen), f"cut after {after}"
        assert person.http.post(path, json=body, headers=SSE).content == whole
        if seen == whole:
            assert after > 10
            return


def test_a_chat_of_the_ai_sdk_is_taken_up_from_its_beginning(person: Person, elsewhere: httpx.Client) -> None:
    for every_ms in (5, 50, 500):
        body = ai_sdk(secrets.token_hex(8), asked(every_ms))
        seen, _ = cut(person.http, "/chat/ai-sdk", body, 3)
        with elsewhere.stream("GET", f"/chat/ai-sdk/{body['id']}/stream", headers=SSE) as response:
            if response.status_code == 204:
                # It had ended before the other process was asked: nothing is left to take up.
                continue
            resumed = read(response)
            break
    else:
        pytest.fail("no answer was found that goes on")
    assert resumed.startswith(seen)
    assert resumed == person.http.post("/chat/ai-sdk", json=body, headers=SSE).content


def test_a_completion_that_a_client_comes_back_to_is_the_same(pair: tuple[Server, Server], person: Person) -> None:
    body = {"model": "nivesh", "stream": True, "messages": [{"role": "user", "content": QUESTION}]}
    url, key = "{}/openai/v1/chat/completions", secrets.token_hex(8)
    with person.http.stream("POST", url.format(pair[0].url), json=body, headers={"Idempotency-Key": key}) as response:
        read(response, 3)
    told = [
        person.http.post(url.format(server.url), json=body, headers={"Idempotency-Key": key}).content for server in pair
    ]
    first, again = ([orjson.loads(one[6:]) for one in split(stream) if b"[DONE]" not in one] for stream in told)
    assert first[-1] == again[-1]
    assert {(chunk["id"], chunk["created"]) for chunk in first + again} == {(first[0]["id"], first[0]["created"])}
    assert _text(first) == _text(again)
    assert _text(first).count("~") == 12


def _text(chunks: list[dict[str, Any]]) -> str:
    return "".join(choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"])
