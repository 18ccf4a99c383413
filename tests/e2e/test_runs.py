"""Runs as their owner sees them from several devices and processes: resumed, watched, cancelled, looked into."""

from __future__ import annotations

import signal
import threading

import httpx
import pytest

from agents.runs.events import EventType, RunEvent, frames_after, parse, split
from tests.support.client import Person, read_events
from tests.support.server import Server

SLOW = "Say it slowly. [[tokens=400 every_ms=20 tool=get_net_worth]]"


def at(server: Server, person: Person) -> httpx.Client:
    return httpx.Client(base_url=f"{server.url}/api/v1", headers=person.http.headers, timeout=60)


def test_a_stream_cut_at_every_event_and_resumed_anywhere_is_the_same_bytes(
    pair: tuple[Server, Server], person: Person
) -> None:
    answer = person.ask("Say it. [[tokens=40 every_ms=1 tool=get_net_worth]]")
    run_id = answer.headers["x-run-id"]
    for server in pair:
        with at(server, person) as http:
            whole = http.get(f"/runs/{run_id}/events").content
            assert [event.seq for event in parse(whole)] == list(range(1, len(split(whole)) + 1))
            for event in parse(whole):
                rest = http.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": str(event.seq)}).content
                assert rest == frames_after(whole, event.seq)
    with at(pair[0], person) as one, at(pair[1], person) as other:
        assert one.get(f"/runs/{run_id}/events").content == other.get(f"/runs/{run_id}/events").content


def ask_and_leave(person: Person, question: str, until: int) -> tuple[str, str, list[RunEvent]]:
    """Leave after so many pieces of text; the run's and the conversation's id, and what was seen."""
    seen: list[RunEvent] = []
    headers = {"Accept": "text/event-stream"}
    with person.http.stream("POST", "/chat", json={"message": question}, headers=headers) as response:
        for event in read_events(response):
            seen.append(event)
            if sum(one.type is EventType.TEXT_DELTA for one in seen) >= until:
                break
        return response.headers["x-run-id"], response.headers["x-conversation-id"], seen


def test_a_run_goes_on_without_its_client_and_two_devices_see_the_same(
    pair: tuple[Server, Server], person: Person
) -> None:
    run_id, _, seen = ask_and_leave(person, "Go on. [[tokens=60 every_ms=20 tool=get_net_worth]]", until=3)
    contents: dict[int, bytes] = {}

    def watch(index: int) -> None:
        with at(pair[index], person) as http:
            contents[index] = http.get(f"/runs/{run_id}/events").content

    watching = [threading.Thread(target=watch, args=(index,)) for index in (0, 1)]
    for thread in watching:
        thread.start()
    for thread in watching:
        thread.join(30)
    assert contents[0] == contents[1]
    events = list(parse(contents[0]))
    assert events[: len(seen)] == seen
    assert events[-1].type is EventType.RUN_COMPLETED


@pytest.mark.parametrize("where", [0, 1])
def test_a_cancelled_run_keeps_what_was_shown(pair: tuple[Server, Server], person: Person, where: int) -> None:
    run_id, conversation_id, seen = ask_and_leave(person, SLOW, until=5)
    with at(pair[where], person) as http:
        cancelled = http.post(f"/runs/{run_id}/cancel")
        assert cancelled.status_code == 200, cancelled.text
        events = list(parse(http.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": str(seen[-1].seq)}).content))
        assert events[-1].type is EventType.RUN_CANCELLED
        text = "".join(e.data["delta"] for e in [*seen, *events] if e.type is EventType.TEXT_DELTA)
        assert 0 < text.count("~") < 400
        run = http.get(f"/runs/{run_id}").json()
        assert (run["state"], run["answer"]) == ("cancelled", text)
        said = http.get(f"/conversations/{conversation_id}").json()["messages"]
        assert [message["content"] for message in said] == [SLOW, text]
        again = http.post(f"/runs/{run_id}/cancel")
        assert (again.status_code, again.json()["state"]) == (200, "cancelled")


def test_a_run_can_be_looked_into_step_by_step(pair: tuple[Server, Server], person: Person) -> None:
    answer = person.ask("Look. [[tokens=5 tool=get_net_worth]]")
    listed = person.http.get("/runs", params={"conversation_id": answer.headers["x-conversation-id"]}).json()
    assert [run["id"] for run in listed["runs"]] == [answer.headers["x-run-id"]]
    run = person.http.get(f"/runs/{answer.headers['x-run-id']}").json()
    assert [step["name"] for step in run["steps"]] == ["load_context", "reason", "act", "reason", "verify"]
    assert all(step["duration_ms"] >= 0 for step in run["steps"])
    assert run["steps"][1]["prompt_tokens"] == 500
    assert [(call["name"], call["ok"]) for call in run["tool_calls"]] == [("get_net_worth", True)]
    assert run["last_event_id"] == answer.events[-1].seq


def test_nobody_sees_or_cancels_another_persons_run(pair: tuple[Server, Server], person: Person) -> None:
    answer = person.ask("Mine. [[tokens=5 tool=get_net_worth]]")
    with Person.register(pair[1].url) as stranger:
        for path in ("", "/events"):
            assert stranger.http.get(f"/runs/{answer.headers['x-run-id']}{path}").status_code == 404
        assert stranger.http.post(f"/runs/{answer.headers['x-run-id']}/cancel").status_code == 404
        assert stranger.http.get("/runs").json()["runs"] == []


def test_a_server_that_is_told_to_end_finishes_its_streams_first(pair: tuple[Server, Server], person: Person) -> None:
    leaving, told = pair[0], False
    seen: list[RunEvent] = []
    question, headers = "Drain. [[tokens=100 every_ms=20 tool=get_net_worth]]", {"Accept": "text/event-stream"}
    try:
        with person.http.stream("POST", "/chat", json={"message": question}, headers=headers) as response:
            run_id = response.headers["x-run-id"]
            for event in read_events(response):
                seen.append(event)
                if not told and event.type is EventType.TEXT_DELTA and leaving.process is not None:
                    leaving.process.send_signal(signal.SIGTERM)
                    told = True
        assert leaving.process is not None
        assert leaving.process.wait(40) == 0
        with at(pair[1], person) as http:
            assert list(parse(http.get(f"/runs/{run_id}/events").content)) == seen
    finally:
        leaving.kill()
        leaving.start()
    assert seen[-1].type is EventType.RUN_COMPLETED
