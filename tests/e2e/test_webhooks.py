"""Webhooks as a developer uses them: registered by API key, told by the server that answered, and after its kill."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.client import Person
from tests.support.receiver import Receiver, receiver
from tests.support.server import Server

# It starts many processes, which takes minutes on a machine that is busy with others.
pytestmark = pytest.mark.timeout(300)

DELIVERED_WITHIN_S = 30.0


@pytest.fixture
def receiving() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may tell receivers on this machine."""
    with Server(tmp_path_factory.mktemp("hooked"), webhooks_to_loopback="true") as running:
        yield running


def developer(person: Person, *scopes: str) -> httpx.Client:
    key = person.http.post("/api-keys", json={"name": "receiver", "scopes": scopes}).json()["key"]
    return httpx.Client(base_url=person.http.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def delivered(http: httpx.Client, webhook_id: str) -> dict[str, Any]:
    """The only delivery, once it has been delivered."""
    deadline = time.monotonic() + DELIVERED_WITHIN_S
    while True:
        (found,) = http.get(f"/webhooks/{webhook_id}/deliveries").json()["deliveries"]
        if found["state"] == "delivered":
            only: dict[str, Any] = found
            return only
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def test_a_run_is_told_again_after_a_failure_and_after_a_kill(hooked: Server, receiving: Receiver) -> None:
    with Person.register(hooked.url) as person, developer(person, "webhooks:read", "webhooks:write") as http:
        made = http.post("/webhooks", json={"url": receiving.url, "events": ["run.completed"]}).json()
        webhook_id = made["webhook"]["id"]
        receiving.answer(500)
        answer = person.ask("What is my net worth?")
        first = receiving.next()
        first.verify(made["secret"])
        assert first.json["data"]["run_id"] == answer.headers["x-run-id"]

        receiving.hold.clear()
        second = receiving.next()
        hooked.kill()
        receiving.hold.set()
        hooked.start()
        third = receiving.next()

        assert (first.id, first.body) == (second.id, second.body) == (third.id, third.body)
        third.verify(made["secret"])
        done = delivered(http, webhook_id)
        assert (done["id"], done["attempts"], done["last_status"]) == (first.id, 2, 200)
        assert receiving.requests.empty()


def test_a_key_needs_the_scope_and_a_receiver_that_hangs_holds_up_nobody_else(
    hooked: Server, receiving: Receiver
) -> None:
    with Person.register(hooked.url) as person, developer(person, "webhooks:read") as reading, receiver() as slow:
        slow.hold.clear()
        refused = reading.post("/webhooks", json={"url": receiving.url})
        assert (refused.status_code, refused.json()["code"]) == (403, "permission-denied")
        hanging, prompt = (
            person.http.post("/webhooks", json={"url": one.url}).json()["webhook"]["id"] for one in (slow, receiving)
        )
        assert person.http.post(f"/webhooks/{hanging}/test").status_code == 202
        slow.next()
        assert person.http.post(f"/webhooks/{prompt}/test").status_code == 202
        assert receiving.next().json["type"] == "webhook.test"
        assert delivered(reading, prompt)["attempts"] == 1
