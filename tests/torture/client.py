"""A person who keeps asking, whatever breaks, and remembers what was acknowledged."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from agents.runs.events import FINAL_EVENTS, EventType, RunEvent, parse
from tests.support.client import Person
from tests.torture.processes import Deployment

READ = "Look. [[tokens=60 every_ms=8 tool=get_net_worth]]"
WRITE = 'Set. [[tokens=20 every_ms=8 tool=set_budget args={"category":"groceries","amount":"%d"}]]'
_GIVE_UP_S = 90.0
_TIMEOUT = httpx.Timeout(20, connect=2)


@dataclass(slots=True)
class Turn:
    """An acknowledged turn as its client saw it.

    `late_s` is how long after everything was up again it ended, `after` what had been killed last before.
    """

    run_id: str
    conversation_id: str
    writes: bool
    frames: bytes = b""
    final: EventType | None = None
    late_s: float = 0.0
    after: str = ""

    @property
    def last_seq(self) -> int:
        """The number of the last event received."""
        events = list(parse(self.frames))
        return events[-1].seq if events else 0


@dataclass(slots=True)
class Asker:
    """Asks one question after the other until told to stop."""

    person: Person
    deployment: Deployment
    chance: random.Random
    turns: list[Turn] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask_until(self, stopped: threading.Event) -> None:
        """One question at a time; a turn that never ends is an error."""
        number = 0
        while not stopped.is_set():
            number += 1
            writes = self.chance.random() < 0.3
            question = WRITE % (1000 + number) if writes else READ
            try:
                self._turn(question, f"{self.person.user['id']}-{number}", writes)
            except TimeoutError as error:
                self.errors.append(str(error))

    def _turn(self, question: str, key: str, writes: bool) -> None:
        turn: Turn | None = None
        began = time.monotonic()
        deadline = began + _GIVE_UP_S
        while turn is None or turn.final is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no end of {'an unacknowledged turn' if turn is None else f'run {turn.run_id}'}")
            try:
                if turn is None:
                    turn = self._ask(question, key, writes, deadline)
                else:
                    self._come_back(turn, deadline)
            except httpx.HTTPError:
                time.sleep(0.05)
        turn.late_s = min(self.deployment.ready_for(), time.monotonic() - began)
        turn.after = self.deployment.killed

    def _ask(self, question: str, key: str, writes: bool, deadline: float) -> Turn | None:
        """The turn, when a server said that it has it."""
        headers = {"Accept": "text/event-stream", "Idempotency-Key": key}
        with (
            self.http() as http,
            http.stream("POST", "/chat", json={"message": question}, headers=headers) as response,
        ):
            if response.status_code != 200:
                response.read()
                time.sleep(0.1)
                return None
            turn = Turn(response.headers["x-run-id"], response.headers["x-conversation-id"], writes)
            self.turns.append(turn)
            self._read(turn, response, deadline)
            return turn

    def _come_back(self, turn: Turn, deadline: float) -> None:
        headers = {"Last-Event-ID": str(turn.last_seq)}
        with self.http() as http, http.stream("GET", f"/runs/{turn.run_id}/events", headers=headers) as response:
            if response.status_code == 200:
                self._read(turn, response, deadline)
            else:
                response.read()
                time.sleep(0.1)

    def _read(self, turn: Turn, response: httpx.Response, deadline: float) -> None:
        """Keep whole frames only: what was cut in two comes again after resuming."""
        rest = b""
        try:
            for chunk in response.iter_bytes():
                whole, separator, rest = (rest + chunk).rpartition(b"\n\n")
                for part in whole.split(b"\n\n") if separator else []:
                    if part.startswith(b"event:"):
                        turn.frames += part + b"\n\n"
                        self._notice(turn, next(parse(part)))
                if turn.final is not None or time.monotonic() > deadline:
                    return
        except httpx.HTTPError:
            return

    def _notice(self, turn: Turn, event: RunEvent) -> None:
        if event.type in FINAL_EVENTS:
            turn.final = event.type
        elif event.type is EventType.APPROVAL_REQUIRED:
            approve = threading.Thread(target=self._approve, args=(event.data,))
            approve.start()

    def _approve(self, approval: dict[str, Any]) -> None:
        """Until it is decided: an approval that was lost on its way is given again."""
        path, body = f"/approvals/{approval['approval_id']}", {"decision": "approve", "hash": approval["hash"]}

        def decide() -> bool:
            with self.http() as http:
                answered = http.post(path, json=body)
                return answered.is_success or answered.status_code in {404, 409}

        _insist(decide)

    def http(self) -> httpx.Client:
        """The person on one of the servers."""
        api = f"{self.chance.choice(self.deployment.servers).url}/api/v1"
        self.person.stay_logged_in(api, _TIMEOUT)
        authorization = {"Authorization": self.person.http.headers["Authorization"]}
        return httpx.Client(base_url=api, headers=authorization, timeout=_TIMEOUT)


def _insist(attempt: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _GIVE_UP_S
    while time.monotonic() < deadline:
        try:
            if attempt():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
