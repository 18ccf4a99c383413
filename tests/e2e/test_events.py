"""A turn's fact goes through the outbox into ClickHouse's events_log, once, also across a kill -9."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from data.embedded import Engine, running_engines
from data.postgres import libpq_url
from tests.support.client import Person
from tests.support.server import Server

# It starts many processes, which takes minutes on a machine that is busy with others.
pytestmark = pytest.mark.timeout(300)

_QUERY = """
import json, sys
from pathlib import Path
from data.clickhouse import ClickHouse
import asyncio

async def main():
    clickhouse = ClickHouse.embedded(Path(sys.argv[1]))
    query = "SELECT name, toString(user_id) AS user, payload FROM events_log FINAL ORDER BY occurred_at"
    rows = await clickhouse.query(query)
    print(json.dumps(rows))
    await clickhouse.close()

asyncio.run(main())
"""


def test_every_event_is_logged_once(tmp_path: Path) -> None:
    with Server(tmp_path) as server, Person.register(server.url) as person:
        user = person.user["id"]
        first = person.ask("What is my net worth?")
        _until_delivered(tmp_path, 3)
        server.kill()
        server.start()
        second = person.ask("Which goals do I have?")
        _until_delivered(tmp_path, 5)
    rows = _events_log(tmp_path)
    assert {row["user"] for row in rows} == {user}
    names = [row["name"] for row in rows]
    assert names == ["UserRegistered", *["ConversationStarted", "ConversationTurnCompleted"] * 2]
    completed = [json.loads(row["payload"]) for row in rows if row["name"] == "ConversationTurnCompleted"]
    assert [event["run_id"] for event in completed] == [first.headers["x-run-id"], second.headers["x-run-id"]]
    assert completed[0]["tools"] == ["get_net_worth"]
    assert "net worth" not in json.dumps(completed).lower().replace("get_net_worth", "")


def _until_delivered(home: Path, count: int) -> None:
    """Wait until the outbox has delivered so many events."""
    deadline = time.monotonic() + 30
    with (
        running_engines(home, frozenset({Engine.POSTGRES})) as engines,
        psycopg.connect(libpq_url(engines[Engine.POSTGRES].url), autocommit=True) as connection,
    ):
        while time.monotonic() < deadline:
            found = connection.execute("SELECT count(*) FROM outbox WHERE delivered_at IS NOT NULL").fetchone()
            if found == (count,):
                return
            time.sleep(0.05)
    raise TimeoutError(f"the outbox has not delivered {count} events")


def _events_log(home: Path) -> list[dict[str, str]]:
    """The log as another process reads it, once the server has given it up."""
    command = [sys.executable, "-c", _QUERY, str(home / "clickhouse")]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    rows: list[dict[str, str]] = json.loads(output.splitlines()[-1])
    return rows
