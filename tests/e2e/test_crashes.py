"""kill -9 in the middle of things, and what is found after a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from agents.runs.events import EventType
from data.sample.bulk import generate_rows
from tests.support.client import Person, read_events
from tests.support.server import Server
from tests.torture.torture import torture

# It starts many processes, which takes minutes on a machine that is busy with others.
pytestmark = pytest.mark.timeout(300)

ROWS = 20_000


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that each test kills and starts again."""
    with Server(tmp_path_factory.mktemp("mortal")) as server:
        yield server


def test_an_import_that_is_killed_leaves_nothing_and_can_be_repeated(mortal: Server) -> None:
    content = generate_rows(ROWS)
    with Person.register(mortal.url) as person:
        account = person.open_account("savings", "Salary", "HDFC Bank")
        failures: list[Exception] = []

        def upload() -> None:
            try:
                person.upload(account, "bulk.csv", content)
            except httpx.HTTPError as error:
                failures.append(error)

        uploading = threading.Thread(target=upload)
        uploading.start()
        _wait_until_storing(mortal)
        mortal.kill()
        uploading.join()
        assert failures
        mortal.start()

        assert person.http.get(f"/accounts/{account}").json()["transactions"] == 0
        again = person.upload(account, "bulk.csv", content)
        assert again.status_code == 200, again.text
        assert again.json()["imported"] == ROWS
        assert person.upload(account, "bulk.csv", content).json()["duplicates"] == ROWS


def _wait_until_storing(server: Server) -> None:
    """Until the upload is in flight, beside the question whether it is."""
    deadline = time.monotonic() + 30
    with httpx.Client(base_url=server.url) as http:
        while time.monotonic() < deadline:
            metrics = http.get("/metrics").text
            in_flight = next(line for line in metrics.splitlines() if line.startswith("nivesh_http_requests_in_flight"))
            if float(in_flight.split()[-1]) >= 2:
                return
    raise TimeoutError("the upload did not begin")


def test_a_conversation_survives_a_kill(mortal: Server) -> None:
    with Person.register(mortal.url) as person:
        answer = person.ask("What is my net worth?")
        mortal.kill()
        mortal.start()
        conversation = person.http.get(f"/conversations/{answer.headers['x-conversation-id']}").json()
        assert conversation["messages"][1]["content"] == answer.text
        again = person.http.get(f"/runs/{answer.headers['x-run-id']}/events")
        assert list(read_events(again)) == answer.events


def test_turns_survive_kills_in_their_midst(tmp_path: Path) -> None:
    """A little of `make torture`: PostgreSQL and a server at once."""
    outcome = torture(tmp_path, kills=2, seed=177, people=2)
    assert outcome.violations == []
    assert set(outcome.kills) == {"postgres", "api-1"}
    assert set(outcome.ends) == {EventType.RUN_COMPLETED}
