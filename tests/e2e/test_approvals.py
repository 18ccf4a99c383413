"""A write over HTTP and in the terminal: asked for, decided, and still there after kill -9."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agents.runs.events import EventType
from data.embedded import running_engines
from tests.support.client import Person, read_events
from tests.support.server import Server
from tests.support.upstream import Reply, Upstream

# It starts many processes, which takes minutes on a machine that is busy with others.
pytestmark = pytest.mark.timeout(300)

WISH = Reply(calls=[("remember", {"text": "I rent in Pune."})])
NOTED = Reply(text=["I will remember that."])


async def test_a_pending_approval_survives_kill_9(tmp_path: Path) -> None:
    async with Upstream([WISH, NOTED]) as upstream:
        await asyncio.to_thread(_decide_after_a_kill, tmp_path, upstream.url)


def _decide_after_a_kill(home: Path, upstream: str) -> None:
    with Server(home, llm_base_url=upstream, llm_model="scripted") as server, Person.register(server.url) as person:
        waiting = person.http.post("/chat", json={"message": "Remember that I rent in Pune."})
        assert (waiting.status_code, waiting.json()["state"]) == (202, "waiting")
        (approval,) = waiting.json()["approvals"]
        assert approval["preview"]["summary"] == "Remember: “I rent in Pune.”"
        server.kill()
        server.start()
        assert person.http.get("/approvals").json()["approvals"] == [approval]
        assert person.http.get("/memory").json() == {"memories": []}
        path = f"/approvals/{approval['approval_id']}"
        altered = person.http.post(path, json={"decision": "approve", "hash": "0" * 64})
        assert (altered.status_code, altered.json()["code"]) == (409, "approval-altered")
        with Person.register(server.url) as other:
            anothers = other.http.post(path, json={"decision": "approve", "hash": approval["hash"]})
            assert (anothers.status_code, anothers.json()["code"]) == (404, "approval-not-found")
            assert other.http.get("/approvals").json() == {"approvals": []}
        decided = person.http.post(path, json={"decision": "approve", "hash": approval["hash"]})
        assert (decided.status_code, decided.json()["state"]) == (200, "approved")
        with person.http.stream("GET", f"/runs/{waiting.json()['run_id']}/events") as response:
            events = list(read_events(response))
        assert events[-1].type is EventType.RUN_COMPLETED
        assert [memory["text"] for memory in person.http.get("/memory").json()["memories"]] == ["I rent in Pune."]
        again = person.http.post(path, json={"decision": "reject", "hash": approval["hash"]})
        assert (again.status_code, again.json()["code"]) == (409, "approval-decided")
        assert person.http.get("/usage").json()["runs"] == 1


async def test_the_terminal_asks_and_takes_an_edit(tmp_path: Path) -> None:
    with running_engines(tmp_path):
        async with Upstream([WISH, NOTED]) as upstream:
            answers = "Remember that I rent in Pune.\nmaybe\nedit\ntext=I rent in Goa.\n"
            said = await asyncio.to_thread(_nivesh, tmp_path, upstream.url, answers, "chat")
            assert "Remember: “I rent in Pune.”" in said
            assert "Please answer y, n or edit." in said
            assert "Remember: “I rent in Goa.”" in said
            assert "I will remember that." in said
            listed = await asyncio.to_thread(_nivesh, tmp_path, upstream.url, "", "memory", "list")
            assert "I rent in Goa." in listed


def _nivesh(home: Path, upstream: str, typed: str, *arguments: str) -> str:
    settings = {"NIVESH_HOME": str(home), "NIVESH_LLM_BASE_URL": upstream, "NIVESH_LLM_MODEL": "scripted"}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("NIVESH_")}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli.main", *arguments],
        input=typed,
        text=True,
        capture_output=True,
        env=inherited | settings,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
