"""What must hold of every acknowledged turn once everything is quiet."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import httpx
import psycopg

from agents.runs.events import EventType, parse
from data.embedded import Engine, running_engines
from data.postgres import libpq_url
from tests.torture.client import Asker, Turn
from tests.torture.processes import Deployment

_LOG_WITHIN_S = 60


def violations(deployment: Deployment, askers: Sequence[Asker]) -> list[str]:
    """In words, none when all is well."""
    found = [error for asker in askers for error in asker.errors]
    for asker in askers:
        with asker.http() as http:
            for turn in asker.turns:
                found += _of_turn(http, turn)
    return found + _of_effects(deployment, askers)


def _of_turn(http: httpx.Client, turn: Turn) -> list[str]:
    """The record, the log, what the client saw, and the chat log tell the same."""
    found = []
    run = _got(http, f"/runs/{turn.run_id}").json()
    if run["finished_at"] is None:
        return [f"run {turn.run_id} has not ended: it is {run['state']}"]
    log = _got(http, f"/runs/{turn.run_id}/events").content
    text = "".join(event.data["delta"] for event in parse(log) if event.type is EventType.TEXT_DELTA)
    if run["state"] != "completed":
        found.append(f"run {turn.run_id} is {run['state']}: {run['problem']}")
    elif run["answer"] != text:
        found.append(f"run {turn.run_id}: the log says {text!r}, the record {run['answer']!r}")
    if turn.frames != log:
        found.append(f"run {turn.run_id}: its client saw other bytes than the log has")
    calls = Counter(event.data["call_id"] for event in parse(log) if event.type is EventType.TOOL_CALL)
    if any(count > 1 for count in calls.values()):
        found.append(f"run {turn.run_id}: a tool call was told twice")
    if run["state"] == "completed" and (said := _said(http, turn)) != [run["question"], run["answer"]]:
        found.append(f"run {turn.run_id}: the chat log has {len(said)} messages: {said!r}")
    return found


def _got(http: httpx.Client, path: str) -> httpx.Response:
    return http.get(path).raise_for_status()


def _said(http: httpx.Client, turn: Turn) -> list[str]:
    """The turn's messages in the chat log, which a consumer completes."""
    deadline = time.monotonic() + _LOG_WITHIN_S
    while True:
        messages: list[dict[str, Any]] = _got(http, f"/conversations/{turn.conversation_id}").json()["messages"]
        said = [str(message["content"]) for message in messages if message["run_id"] == turn.run_id]
        if len(said) >= 2 or time.monotonic() > deadline:
            return said
        time.sleep(0.2)


def _of_effects(deployment: Deployment, askers: Sequence[Asker]) -> list[str]:
    """Each closed run left one event, and each approved write one."""
    found = []
    with (
        running_engines(deployment.home, frozenset({Engine.POSTGRES})) as engines,
        psycopg.connect(libpq_url(engines[Engine.POSTGRES].url)) as connection,
    ):
        rows = connection.execute(
            "SELECT payload->>'run_id', count(*) FROM outbox WHERE name = 'ConversationTurnCompleted' GROUP BY 1"
        ).fetchall()
        closed: dict[str, int] = dict(rows)
        for asker in askers:
            for turn in asker.turns:
                if turn.final is EventType.RUN_COMPLETED and closed.get(turn.run_id) != 1:
                    found.append(f"run {turn.run_id} was closed {closed.get(turn.run_id, 0)} times")
            wanted = sum(turn.writes and turn.final is EventType.RUN_COMPLETED for turn in asker.turns)
            row = connection.execute(
                "SELECT count(*) FROM approvals WHERE user_id = %s AND state = 'used'", (asker.person.user["id"],)
            ).fetchone()
            used = row[0] if row else 0
            if used > wanted:
                found.append(f"{used} writes were done for {wanted} that were asked for")
    return found
