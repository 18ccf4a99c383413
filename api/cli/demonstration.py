"""The main job, from nothing, over HTTP."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from agents.runs.events import RunEvent, parse
from api.cli.answers import AnswerPrinter
from api.cli.console import out
from data.sample import SampleHousehold, generate_household
from services.shared.domain.clock import SystemClock, today

_START_TIMEOUT_S = 60
_ACCOUNTS = {
    "hdfc_savings.csv": ("hdfc", {"account_type": "savings", "name": "HDFC savings", "institution": "HDFC Bank"}),
    "sbi_savings.csv": ("sbi", {"account_type": "savings", "name": "SBI savings", "institution": "SBI"}),
    "icici_card.csv": ("icici", {"account_type": "credit_card", "name": "ICICI card", "institution": "ICICI Bank"}),
}
QUESTIONS = (
    "What did I spend on eating out last month?",
    "And on groceries?",
    "What are my top 5 merchants this year?",
    "Did I spend more on shopping last month than the month before?",
    "Which payments come back every month?",
    "What is my savings rate over the last 6 months?",
    "What is my net worth?",
)


class DemoFailedError(Exception):
    """A step of the demo did not work; the message says which."""


async def demonstrate(seed: int, home: Path) -> None:
    """Show it on the household of a seed, with the data in `home`. DemoFailedError says which step did not work."""
    household = generate_household(seed, end=today(SystemClock()))
    async with _server(home) as url, httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=60) as client:
        out.print(f"A server answers on {url}.", markup=False)
        await _register(client)
        await _load(client, household)
        await _converse(client)
    out.print("\nThat was the main job. Your own: nivesh import FILE…, then nivesh chat.", markup=False)


@asynccontextmanager
async def _server(home: Path) -> AsyncIterator[str]:
    """`nivesh serve` as a process of its own, until it is ready; its output goes to a log in the home."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    offline = {key: value for key, value in os.environ.items() if not key.startswith("NIVESH_")}
    environment = {**offline, "NIVESH_HOME": str(home), "NIVESH_RATE_LIMIT_PER_MINUTE": "0"}
    log_path = home / "serve.log"
    with log_path.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "api.cli.main", "serve", "--port", str(port)),
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        await _until_ready(process, url, log_path)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


async def _until_ready(process: asyncio.subprocess.Process, url: str, log_path: Path) -> None:
    deadline = asyncio.get_running_loop().time() + _START_TIMEOUT_S
    async with httpx.AsyncClient(timeout=2) as client:
        while asyncio.get_running_loop().time() < deadline:
            if process.returncode is not None:
                raise DemoFailedError(f"the server ended by itself:\n{_tail(log_path)}")
            try:
                if (await client.get(f"{url}/health/ready")).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise DemoFailedError(f"the server was not ready after {_START_TIMEOUT_S} s:\n{_tail(log_path)}")


def _tail(log_path: Path) -> str:
    return log_path.read_text(errors="replace")[-2000:]


async def _register(client: httpx.AsyncClient) -> None:
    person = {
        "email": f"asha-{secrets.token_hex(4)}@example.in",
        "password": secrets.token_urlsafe(16),
        "first_name": "Asha",
        "last_name": "Rao",
    }
    session = _checked(await client.post("/auth/register", json=person), "registering")
    client.headers["Authorization"] = f"Bearer {session['access_token']}"
    out.print(f"Registered {session['user']['first_name']} {session['user']['last_name']}.", markup=False)


async def _load(client: httpx.AsyncClient, household: SampleHousehold) -> None:
    for filename, content in household.exports.items():
        key, account = _ACCOUNTS[filename]
        opening = str(household.truth.opening[key])  # type: ignore[index]
        opened = _checked(
            await client.post("/accounts", json={**account, "currency": "INR", "opening_balance": opening}),
            "opening an account",
        )
        imported = _checked(
            await client.post(f"/accounts/{opened['id']}/imports", files={"file": (filename, content)}),
            f"importing {filename}",
        )
        out.print(
            f"Imported {filename}: {imported['imported']} transactions, {imported['duplicates']} duplicates,"
            f" {len(imported['rejected'])} rejected.",
            markup=False,
        )


async def _converse(client: httpx.AsyncClient) -> None:
    conversation_id: str | None = None
    for question in QUESTIONS:
        out.print(f"\nyou › {question}", style="bold", markup=False)
        printer = AnswerPrinter(out)
        body = {"message": question} | ({"conversation_id": conversation_id} if conversation_id else {})
        headers = {"Accept": "text/event-stream", "Idempotency-Key": secrets.token_hex(16)}
        async with client.stream("POST", "/chat", json=body, headers=headers) as response:
            if not response.is_success:
                await response.aread()
                _checked(response, "asking")
            conversation_id = response.headers["X-Conversation-ID"]
            await printer.show(_events(response))
        if printer.failed is not None:
            raise DemoFailedError(f"no answer: {printer.failed['detail']}")


async def _events(response: httpx.Response) -> AsyncIterator[RunEvent]:
    rest = b""
    async for chunk in response.aiter_bytes():
        whole, separator, rest = (rest + chunk).rpartition(b"\n\n")
        for frame in whole.split(b"\n\n") if separator else []:
            if frame.startswith(b"event:"):
                for event in parse(frame):
                    yield event


def _checked(response: httpx.Response, doing: str) -> Any:
    if not response.is_success:
        raise DemoFailedError(f"{doing} was answered with {response.status_code}: {response.text}")
    return response.json()
