"""Cancelling by each protocol's own client, on a server whose model takes its time."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

from tests.clients.test_mcp_client import called, connected
from tests.clients.test_openai_client import key_of
from tests.e2e.test_socket import opened, receive, send, token_of, turn
from tests.support.client import Person
from tests.support.endpoint import scripted_endpoint
from tests.support.server import Server

HERE = Path(__file__).parent
NODE = shutil.which("node")
SLOW = "Say it slowly. [[tokens=400 every_ms=20 tool=get_net_worth]]"
QUICK = "Say it quickly. [[tokens=3 every_ms=1 tool=get_net_worth]]"


@pytest.fixture(scope="module")
def slow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with (
        scripted_endpoint() as url,
        Server(tmp_path_factory.mktemp("slow"), llm_base_url=url, llm_model="scripted", llm_api_key="none") as server,
    ):
        yield server


@pytest.fixture
def person(slow_server: Server) -> Iterator[Person]:
    with Person.register(slow_server.url) as someone:
        yield someone


@pytest.fixture
def client(slow_server: Server, person: Person) -> Iterator[OpenAI]:
    key = key_of(person, "chat:read", "chat:write", "finance:read")
    with OpenAI(base_url=f"{slow_server.url}/openai/v1", api_key=key, max_retries=0) as client:
        yield client


def ended(person: Person) -> dict[str, Any]:
    """The person's newest run, once it has ended."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        runs = person.http.get("/runs").json()["runs"]
        if runs and runs[0]["state"] not in {"accepted", "running"}:
            found: dict[str, Any] = runs[0]
            return found
        time.sleep(0.02)
    raise TimeoutError("the run goes on")


def test_an_openai_client_that_closes_its_stream_cancels(client: OpenAI, person: Person) -> None:
    stream = client.chat.completions.create(model="nivesh", messages=[{"role": "user", "content": SLOW}], stream=True)
    said = ""
    for chunk in stream:
        said += chunk.choices[0].delta.content or ""
        if said.count("~") >= 3:
            break
    stream.close()
    run = ended(person)
    assert run["state"] == "cancelled"
    assert run["answer"].startswith(said)
    assert run["answer"].count("~") < 400


def test_an_openai_client_that_gives_up_waiting_cancels(client: OpenAI, person: Person) -> None:
    with pytest.raises(Exception, match="timed out"):
        client.with_options(timeout=1.0).chat.completions.create(
            model="nivesh", messages=[{"role": "user", "content": SLOW}]
        )
    assert ended(person)["state"] == "cancelled"


def test_an_openai_client_that_may_come_back_finds_its_answer(client: OpenAI, person: Person) -> None:
    question = "Go on. [[tokens=60 every_ms=10 tool=get_net_worth]]"
    headers = {"Idempotency-Key": "mine"}
    stream = client.chat.completions.create(
        model="nivesh", messages=[{"role": "user", "content": question}], stream=True, extra_headers=headers
    )
    next(iter(stream))
    stream.close()
    assert ended(person)["state"] == "completed"
    whole = client.chat.completions.create(
        model="nivesh", messages=[{"role": "user", "content": question}], extra_headers=headers
    )
    assert whole.choices[0].message.content == ended(person)["answer"]


def test_a_stream_that_ended_is_no_reason_to_cancel(client: OpenAI, person: Person) -> None:
    messages: list[ChatCompletionMessageParam] = [{"role": "user", "content": QUICK}]
    client.chat.completions.create(model="nivesh", messages=messages)
    assert ended(person)["state"] == "completed"
    list(client.chat.completions.create(model="nivesh", messages=messages, stream=True))
    assert ended(person)["state"] == "completed"


def test_a_turn_is_cancelled_over_the_socket(slow_server: Server, person: Person) -> None:
    with opened(slow_server, person) as socket:
        send(socket, type="ask", message=SLOW)
        accepted = receive(socket)
        while receive(socket).get("event") != "text.delta":
            pass
        send(socket, type="cancel", run_id=accepted["run_id"], ref="c")
        assert turn(socket, accepted["run_id"])[-1]["event"] == "run.cancelled"
    assert ended(person)["state"] == "cancelled"


async def test_a_write_that_an_mcp_client_waits_for_is_cancelled_by_its_person(
    slow_server: Server, person: Person
) -> None:
    key = key_of(person, "finance:read", "finance:write")
    async with connected(slow_server, key) as client:
        asked = await called(client, "set_budget", {"category": "health", "amount": "1"})
        assert asked["status"] == "approval_required"
        run_id = person.http.get("/runs").json()["runs"][0]["id"]
        assert person.http.post(f"/runs/{run_id}/cancel").json()["state"] == "cancelled"
        told = await called(client, "set_budget", {"approval_id": asked["approval_id"]})
    assert (told["status"], told["result"]["error"]["code"]) == ("not_done", "cancelled")
    assert person.http.get("/finance/budgets").json()["budgets"] == []


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_write_is_decided_over_the_socket(slow_server: Server, person: Person, decision: str) -> None:
    with opened(slow_server, person) as socket:
        send(socket, type="ask", message='/set_budget {"amount": "4000", "category": "dining"}')
        accepted = receive(socket)
        shown: dict[str, Any] = {}
        while not shown:
            message = receive(socket)
            shown = message["data"] if message.get("event") == "approval.required" else {}
        assert person.http.get("/finance/budgets").json()["budgets"] == []
        send(socket, type="decide", ref="d", approval_id=shown["approval_id"], decision=decision, hash=shown["hash"])
        kinds = set()
        while "run.completed" not in kinds or "decided" not in kinds:
            message = receive(socket)
            kinds.add(str(message.get("event", message["type"])))
            if message["type"] == "decided":
                assert message["ref"] == "d"
    budgets = [budget["category"] for budget in person.http.get("/finance/budgets").json()["budgets"]]
    assert budgets == (["dining"] if decision == "approve" else [])
    assert ended(person)["id"] == accepted["run_id"]


@pytest.mark.skipif(
    NODE is None or not (HERE / "node_modules").is_dir(),
    reason="Node.js and the clients' packages are not here: install Node.js, then run make clients",
)
def test_the_javascript_clients_cancel(slow_server: Server, person: Person) -> None:
    environment = {**os.environ, "NIVESH_URL": slow_server.url, "NIVESH_TOKEN": token_of(person)}
    ran = subprocess.run(
        [str(NODE), "--test", "cancelling.mjs"],
        cwd=HERE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
