"""A person's client: registers, opens accounts, imports, asks over SSE."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from agents.runs.events import EventType, RunEvent, parse
from data.sample import SampleHousehold

ACCOUNTS = {
    "hdfc_savings.csv": ("hdfc", "savings", "HDFC savings", "HDFC Bank"),
    "sbi_savings.csv": ("sbi", "savings", "SBI savings", "SBI"),
    "icici_card.csv": ("icici", "credit_card", "ICICI card", "ICICI Bank"),
}

# An access token is good for 15 minutes, which a run of many tests outlasts on a slow machine.
_LOG_IN_EVERY_S = 600.0


@dataclass(slots=True)
class Answer:
    """All events of a turn, and what they come to."""

    events: list[RunEvent]
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return "".join(event.data["delta"] for event in self.of(EventType.TEXT_DELTA))

    @property
    def citations(self) -> dict[str, tuple[str, str]]:
        """Call id and path by figure."""
        return {
            event.data["figure"]: (event.data["call_id"], event.data["path"]) for event in self.of(EventType.CITATION)
        }

    def of(self, wanted: EventType) -> list[RunEvent]:
        return [event for event in self.events if event.type is wanted]


@dataclass(slots=True)
class Person:
    """Logged in on a server."""

    _http: httpx.Client
    user: dict[str, Any]
    credentials: dict[str, str]
    accounts: dict[str, str] = field(default_factory=dict)
    _logged_in_at: float = field(default_factory=time.monotonic)

    @classmethod
    def register(cls, url: str) -> Person:
        http = httpx.Client(base_url=f"{url}/api/v1", timeout=60)
        credentials = {
            "email": f"asha-{secrets.token_hex(6)}@example.in",
            "password": secrets.token_urlsafe(16),
        }
        session = http.post("/auth/register", json={**credentials, "first_name": "Asha", "last_name": "Rao"})
        assert session.status_code == 201, session.text
        http.headers["Authorization"] = f"Bearer {session.json()['access_token']}"
        return cls(http, session.json()["user"], credentials)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def http(self) -> httpx.Client:
        self.stay_logged_in(str(self._http.base_url), self._http.timeout)
        return self._http

    def stay_logged_in(self, api: str, timeout: httpx.Timeout) -> None:
        """Log in again, on any server of the deployment, before the access token can have run out."""
        if time.monotonic() - self._logged_in_at < _LOG_IN_EVERY_S:
            return
        session = httpx.post(f"{api.rstrip('/')}/auth/login", json=self.credentials, timeout=timeout)
        session.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {session.json()['access_token']}"
        self._logged_in_at = time.monotonic()

    def open_account(self, account_type: str, name: str, institution: str, opening: str = "0") -> str:
        opened = self.http.post(
            "/accounts",
            json={
                "account_type": account_type,
                "name": name,
                "institution": institution,
                "currency": "INR",
                "opening_balance": opening,
            },
        )
        assert opened.status_code == 201, opened.text
        return str(opened.json()["id"])

    def load(self, household: SampleHousehold) -> None:
        """Open the household's accounts and import its exports."""
        for filename, content in household.exports.items():
            key, kind, name, institution = ACCOUNTS[filename]
            opening = str({str(k): v for k, v in household.truth.opening.items()}[key])
            self.accounts[key] = self.open_account(kind, name, institution, opening)
            imported = self.upload(self.accounts[key], filename, content)
            assert imported.status_code == 200, imported.text
            assert imported.json()["rejected"] == []

    def upload(self, account_id: str, filename: str, content: bytes, **query: str) -> httpx.Response:
        return self.http.post(f"/accounts/{account_id}/imports", files={"file": (filename, content)}, params=query)

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        key: str | None = None,
        on_first: Callable[[], object] = lambda: None,
    ) -> Answer:
        """Ask over SSE and read the stream to its end; `on_first` is called when the first text is there."""
        body = {"message": question} | ({"conversation_id": conversation_id} if conversation_id else {})
        headers = {"Accept": "text/event-stream"} | ({"Idempotency-Key": key} if key else {})
        with self.http.stream("POST", "/chat", json=body, headers=headers) as response:
            assert response.status_code == 200, response.read()
            answer = Answer([], dict(response.headers))
            for event in read_events(response):
                if event.type is EventType.TEXT_DELTA and not answer.of(EventType.TEXT_DELTA):
                    on_first()
                answer.events.append(event)
            return answer


def read_events(response: httpx.Response) -> Iterator[RunEvent]:
    """The run's events of an open stream; comments (heartbeats) are passed over."""
    rest = b""
    for chunk in response.iter_bytes():
        whole, separator, rest = (rest + chunk).rpartition(b"\n\n")
        for frame in whole.split(b"\n\n") if separator else []:
            if frame.startswith(b"event:"):
                yield from parse(frame)
