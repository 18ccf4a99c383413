"""The main job: start from nothing, import a large statement, answer a question."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from agents.runs.events import EventType
from benchmarks.figures import Figure
from data.sample.bulk import generate_rows
from tests.support.client import Person
from tests.support.server import Server

STARTS = 3
QUESTIONS = 20
ROWS = 100_000


def measure() -> Iterator[Figure]:
    """Cold starts (median of three), then one server with a large import and a run of questions."""
    cold = [_start(warm=False) for _ in range(STARTS)]
    yield Figure("cold_start", statistics.median(cold), "s", bar=6)
    yield Figure("warm_start", _start(warm=True), "s")
    yield Figure("cold_start_to_first_answer", _first_answer(), "s")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, Server(Path(home)) as server:
        yield Figure("idle_memory", _memory_mb(server), "MB")
        with Person.register(server.url) as person:
            account = person.open_account("savings", "Salary", "HDFC Bank")
            content = generate_rows(ROWS)
            began = time.perf_counter()
            imported = person.upload(account, "bulk.csv", content)
            yield Figure("import_100k_rows", time.perf_counter() - began, "s", bar=20)
            if imported.json().get("imported") != ROWS:
                raise RuntimeError(f"the import did not work: {imported.text}")
            yield from _answers(person)


def _start(*, warm: bool) -> float:
    """Seconds from the command to the first successful readiness check; warm is the second start of a home."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        server = Server(Path(home))
        if warm:
            with server:
                pass
        began = time.perf_counter()
        with server:
            return time.perf_counter() - began


def _first_answer() -> float:
    """Seconds from the command on a new home until a new person's first question is answered."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        began = time.perf_counter()
        with Server(Path(home)) as server, Person.register(server.url) as person:
            if not person.ask("What is my net worth?").of(EventType.RUN_COMPLETED):
                raise RuntimeError("the first question was not answered")
            return time.perf_counter() - began


def _memory_mb(server: Server) -> float:
    """Resident memory of the server's own process."""
    if server.process is None:
        raise RuntimeError("the server is not running")
    return float(psutil.Process(server.process.pid).memory_info().rss / 2**20)


def _answers(person: Person) -> Iterator[Figure]:
    """A question with one tool over 100,000 rows, asked again and again."""
    firsts, wholes = [], []
    for _ in range(QUESTIONS):
        began = time.perf_counter()
        answer = person.ask(
            "What did I spend on groceries last month?", on_first=lambda: firsts.append(time.perf_counter())
        )
        wholes.append(time.perf_counter() - began)
        firsts[-1] -= began
        if not answer.of(EventType.RUN_COMPLETED):
            raise RuntimeError("a question was not answered")
    yield Figure("first_text_p50", statistics.median(firsts) * 1000, "ms")
    yield Figure("whole_answer_p50", statistics.median(wholes) * 1000, "ms")
