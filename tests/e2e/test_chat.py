"""Chat: one turn by SSE and by JSON, repeats, following a run again, and what is left behind."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

from agents.runs.events import EventType, parse
from tests.support.client import Person
from tests.support.server import Server


def test_a_turn_has_its_events_in_order(asha: Person) -> None:
    answer = asha.ask("What did I spend on groceries last month?")
    kinds = [event.type for event in answer.events]
    assert kinds[0] is EventType.RUN_STARTED
    assert kinds[-2:] == [EventType.USAGE, EventType.RUN_COMPLETED]
    assert kinds.index(EventType.TOOL_CALL) < kinds.index(EventType.TOOL_RESULT) < kinds.index(EventType.TEXT_DELTA)
    assert [event.seq for event in answer.events] == list(range(1, len(answer.events) + 1))
    started, completed = answer.events[0].data, answer.events[-1].data
    assert started["model"] == "offline"
    assert started["run_id"] == completed["run_id"] == answer.headers["x-run-id"]
    assert started["prompt_version"] == "answer/2"


def test_json_gives_the_same_turn(asha: Person) -> None:
    response = asha.http.post("/chat", json={"message": "What is my net worth?"})
    assert response.status_code == 200
    turn = response.json()
    assert turn["answer"] == asha.ask("What is my net worth?").text
    assert turn["tool_calls"][0]["name"] == "get_net_worth"
    figure = turn["citations"][1]
    assert figure["call_id"] == "call_1_1"


def test_citations_point_at_the_figure_in_the_tool_result(asha: Person) -> None:
    answer = asha.ask("top 3 categories last month")
    results = {event.data["call_id"]: event.data["result"] for event in answer.of(EventType.TOOL_RESULT)}
    call_id, path = next(place for figure, place in answer.citations.items() if figure.startswith("₹"))
    value = results[call_id]
    for part in path.removeprefix("$.").replace("]", "").replace("[", ".").split("."):
        value = value[int(part)] if part.isdigit() else value[part]
    written = next(figure for figure in answer.citations if figure.startswith("₹"))
    assert written.removeprefix("₹").replace(",", "") == value


def test_the_same_key_gives_the_same_run_and_another_question_is_refused(asha: Person) -> None:
    key = secrets.token_hex(8)
    first, again = asha.ask("What is my net worth?", key=key), asha.ask("What is my net worth?", key=key)
    assert first.headers["x-run-id"] == again.headers["x-run-id"]
    assert first.events == again.events
    other = asha.http.post("/chat", json={"message": "And my income?"}, headers={"Idempotency-Key": key})
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency-key-reused"


def test_a_finished_run_can_be_followed_again_from_any_event(asha: Person) -> None:
    answer = asha.ask("How much did I spend last month, by category?")
    run_id = answer.headers["x-run-id"]
    whole = asha.http.get(f"/runs/{run_id}/events").content
    assert list(parse(whole)) == answer.events
    for event in answer.events[:-1]:
        rest = asha.http.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": str(event.seq)}).content
        assert whole.endswith(rest)
        assert next(parse(rest)).seq == event.seq + 1


def test_the_conversation_is_kept_and_can_be_deleted(stranger: Person) -> None:
    question = "What is my net worth?"
    answer = stranger.ask(question)
    conversation = answer.headers["x-conversation-id"]
    kept = stranger.http.get(f"/conversations/{conversation}").json()
    assert kept["title"] == question
    assert [(m["role"], m["content"]) for m in kept["messages"]] == [("user", question), ("assistant", answer.text)]
    assert kept["messages"][1]["citations"]
    assert [c["id"] for c in stranger.http.get("/conversations").json()["conversations"]] == [conversation]
    assert stranger.http.delete(f"/conversations/{conversation}").status_code == 204
    assert stranger.http.get(f"/conversations/{conversation}").status_code == 404


def test_tools_are_listed_with_schemas_and_run_over_rest(asha: Person) -> None:
    tools = {tool["name"]: tool for tool in asha.http.get("/tools").json()["tools"]}
    assert set(tools) >= {"get_spending", "list_accounts", "search_transactions", "list_goals", "get_profile"}
    assert tools["get_spending"]["parameters"]["required"] == ["from", "to"]
    result = asha.http.post("/tools/list_accounts", json={"account_type": "credit_card"}).json()
    assert [account["name"] for account in result["accounts"]] == ["ICICI card"]
    wrong = asha.http.post("/tools/get_spending", json={"from": "2026-10-01"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == [{"field": "to", "message": "Field required"}]
    assert asha.http.post("/tools/no_such_tool", json={}).status_code == 404


def test_goals_are_set_and_told(stranger: Person) -> None:
    goal = {"name": "Car", "goal_type": "car", "target_amount": "1200000", "target_date": "2035-03-31"}
    assert stranger.http.post("/goals", json=goal).status_code == 201
    assert "₹12,00,000.00" in stranger.ask("How are my goals doing?").text


def test_health_metrics_and_documentation(server: Server) -> None:
    ready = httpx.get(f"{server.url}/health/ready")
    assert ready.json() == {
        "status": "ok",
        "checks": {"postgres": "ok", "redis": "ok", "mongo": "ok", "graph": "ok"},
    }
    assert httpx.get(f"{server.url}/health/live").json()["status"] == "ok"
    assert "nivesh_http_requests_total" in httpx.get(f"{server.url}/metrics").text
    assert httpx.get(f"{server.url}/docs").status_code == 200
    paths = httpx.get(f"{server.url}/openapi.json").json()["paths"]
    assert "/api/v1/accounts/{account_id}/imports" in paths


def test_what_is_done_with_a_conversation_is_done_once_per_key(stranger: Person) -> None:
    def twice(method: str, path: str, **body: Any) -> httpx.Response:
        key = {"idempotency-key": f"{method} {path}"}
        first, again = [stranger.http.request(method, path, headers=key, **body) for _ in range(2)]
        assert (first.status_code, first.content) == (again.status_code, again.content)
        return first

    opened = twice("POST", "/conversations", json={"title": "Once"}).json()
    assert [one["id"] for one in stranger.http.get("/conversations").json()["conversations"]] == [opened["id"]]
    answer = stranger.http.post("/chat", json={"message": "hello", "conversation_id": opened["id"]}).json()
    twice("PUT", f"/runs/{answer['run_id']}/feedback", json={"rating": "up"})
    twice("DELETE", f"/runs/{answer['run_id']}/feedback")
    twice("DELETE", f"/conversations/{opened['id']}")
    assert stranger.http.get("/conversations").json()["conversations"] == []
