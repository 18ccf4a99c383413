"""The chat's WebSocket, with a real client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.support.client import Person
from tests.support.server import Server


def token_of(person: Person) -> str:
    return str(person.http.headers["Authorization"]).removeprefix("Bearer ")


@contextmanager
def opened(
    server: Server, person: Person | None = None, subprotocols: list[str] | None = None
) -> Iterator[ClientConnection]:
    url = f"{server.url.replace('http', 'ws')}/api/v1/chat/ws"
    with connect(url, subprotocols=[Subprotocol(name) for name in subprotocols or []] or None) as socket:
        if person is not None:
            send(socket, type="auth", token=token_of(person))
            assert receive(socket)["type"] == "ready"
        yield socket


def send(socket: ClientConnection, **message: Any) -> None:
    socket.send(json.dumps(message))


def receive(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(socket.recv(timeout=30))
    return message


def turn(socket: ClientConnection, run_id: str) -> list[dict[str, Any]]:
    """The run's events to its end."""
    events: list[dict[str, Any]] = []
    while not events or events[-1]["event"] not in {"run.completed", "run.cancelled", "run.failed"}:
        message = receive(socket)
        if message["type"] == "event" and message["run_id"] == run_id:
            events.append(message)
    return events


def test_many_turns_on_one_socket_are_the_events_of_the_stream(server: Server, asha: Person) -> None:
    with opened(server, asha) as socket:
        send(socket, type="ask", ref="one", message="What is my net worth?")
        first = receive(socket)
        assert (first["type"], first["ref"]) == ("accepted", "one")
        events = turn(socket, first["run_id"])
        send(socket, type="ask", message="And on groceries last month?", conversation_id=first["conversation_id"])
        second = receive(socket)
        assert turn(socket, second["run_id"])[-1]["event"] == "run.completed"
        send(socket, type="follow", run_id=first["run_id"], last_event_id=events[1]["id"])
        assert receive(socket)["ended"]
        assert turn(socket, first["run_id"]) == events[2:]
    stream = asha.http.get(f"/runs/{first['run_id']}/events").text
    assert [f"id: {event['id']}" in stream for event in events] == [True] * len(events)


def test_a_repeated_question_is_the_same_run(server: Server, stranger: Person) -> None:
    with opened(server, stranger) as socket:
        ids = set()
        for _ in range(2):
            send(socket, type="ask", message="What is my net worth?", idempotency_key="k1")
            accepted = receive(socket)
            ids.add(accepted["run_id"])
            turn(socket, accepted["run_id"])
        assert len(ids) == 1


def test_the_token_may_come_as_a_subprotocol(server: Server, stranger: Person) -> None:
    names = ["nivesh.chat.v1", f"bearer.{token_of(stranger)}"]
    with opened(server, subprotocols=names) as socket:
        assert socket.subprotocol == "nivesh.chat.v1"
        assert receive(socket) == {"type": "ready", "user_id": stranger.user["id"]}


@pytest.mark.parametrize(
    "message",
    ['{"type": "auth", "token": "nonsense"}', '{"type": "ask", "message": "hello"}', "not json", '{"type": "ping"}'],
)
def test_nobody_gets_in_without_a_token(server: Server, message: str) -> None:
    with opened(server) as socket:
        socket.send(message)
        with pytest.raises(ConnectionClosed) as closed:
            receive(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


def test_wrong_messages_are_explained_and_the_socket_stays_open(server: Server, stranger: Person) -> None:
    unknown = "01a2108e-0ff5-74fd-b69e-9026efae891c"
    with opened(server, stranger) as socket:
        for message, code in [
            ("nonsense", "invalid-input"),
            ('{"type": "dance"}', "invalid-input"),
            ('{"type": "ask", "message": ""}', "invalid-input"),
            (json.dumps({"type": "cancel", "run_id": unknown, "ref": "r"}), "run-not-found"),
            (json.dumps({"type": "follow", "run_id": unknown}), "run-not-found"),
            (json.dumps({"type": "decide", "approval_id": unknown, "decision": "approve", "hash": "x"}), "not-found"),
            ('{"type": "dance", "ref": "d"}', "invalid-input"),
        ]:
            socket.send(message)
            answer = receive(socket)
            assert answer["ref"] == (json.loads(message).get("ref") if message.startswith("{") else None)
            assert answer["type"] == "error", answer
            assert code in answer["problem"]["code"], answer
        send(socket, type="ping", ref="p")
        assert receive(socket) == {"type": "pong", "ref": "p"}


def test_too_many_messages_close_the_socket(server: Server, stranger: Person) -> None:
    def flood(socket: ClientConnection) -> None:
        for _ in range(100):
            send(socket, type="ping")
            receive(socket)

    with opened(server, stranger) as socket, pytest.raises(ConnectionClosed) as closed:
        flood(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4429


def test_a_binary_message_closes_the_socket_and_says_why(server: Server, stranger: Person) -> None:
    with opened(server, stranger) as socket:
        socket.send(b'{"type": "ping"}')
        with pytest.raises(ConnectionClosed) as closed:
            receive(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1003


def test_too_large_a_message_closes_the_socket(server: Server, stranger: Person) -> None:
    with opened(server, stranger) as socket:
        send(socket, type="ask", message="x" * 70_000)
        with pytest.raises(ConnectionClosed) as closed:
            receive(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
