"""Tool calls that a plan wants, and what the tools of this turn have answered so far."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from agents.models.port import Message


class UnreadableResultError(Exception):
    """A tool's result lacks a field that its contract promises."""


@dataclass(frozen=True, slots=True)
class Call:
    """A wish to call a tool. Calls with the same name and arguments are one call."""

    tool: str
    arguments: Mapping[str, object]

    @property
    def arguments_json(self) -> str:
        """The arguments as JSON in a fixed key order."""
        return json.dumps(self.arguments, sort_keys=True, ensure_ascii=False)

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the call within a turn."""
        return self.tool, self.arguments_json


@dataclass(frozen=True, slots=True)
class Payload:
    """A JSON object of a tool result, read with its contract in mind. `place` is where it stands: "
    "`<call_id>:<path>`."""

    data: Mapping[str, object]
    place: str = ""

    def ref(self, key: str) -> str:
        """The reference to a figure, as the tool `calculate` takes it; empty when its place is not known."""
        return f"{self.place}.{key}" if self.place else ""

    def text(self, key: str) -> str:
        """A string, empty when it is absent or null."""
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def decimal(self, key: str) -> Decimal:
        """A decimal string or number."""
        value = self.optional_decimal(key)
        if value is None:
            raise UnreadableResultError(key)
        return value

    def optional_decimal(self, key: str) -> Decimal | None:
        """A decimal string or number, None when it is absent or null."""
        value = self.data.get(key)
        if value is None:
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise UnreadableResultError(key) from error

    def integer(self, key: str) -> int:
        """A whole number."""
        value = self.data.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnreadableResultError(key)
        return value

    def day(self, key: str) -> date | None:
        """An ISO date, None when it is absent or null."""
        value = self.text(key)
        try:
            return date.fromisoformat(value[:10]) if value else None
        except ValueError as error:
            raise UnreadableResultError(key) from error

    def rows(self, key: str) -> list[Payload]:
        """A list of objects."""
        value = self.data.get(key)
        if not isinstance(value, list):
            raise UnreadableResultError(key)
        return [
            Payload(row, f"{self.ref(key)}[{index}]" if self.place else "")
            for index, row in enumerate(value)
            if isinstance(row, dict)
        ]

    def part(self, key: str) -> Payload:
        """An object within this one."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise UnreadableResultError(key)
        return Payload(value, self.ref(key))

    @property
    def currency(self) -> str:
        """The currency of the amounts, rupees unless it says otherwise."""
        return self.text("currency") or "INR"


@dataclass(frozen=True, slots=True)
class Failure:
    """What a tool said when it failed."""

    tool: str
    detail: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """Answers of this turn's tools by call."""

    payloads: Mapping[tuple[str, str], Payload]
    failures: tuple[Failure, ...] = ()
    calls_made: int = 0
    wanted: list[Call] = field(default_factory=list)

    def get(self, call: Call) -> Payload | None:
        """The answer to a call, None as long as there is none."""
        return self.payloads.get(call.key)

    def of(self, call: Call) -> Payload:
        """The answer to a call that the plan has made sure of."""
        return self.payloads[call.key]

    def calculate(self, operation: str, *references: str) -> Payload:
        """The result of `calculate` as `result`.

        As long as the tool has not been asked, the call is put into `wanted` and the figure is a stand-in, which is
        never shown: an answer counts only when nothing is wanted.
        """
        if not all(references):
            return _STAND_IN
        call = Call("calculate", {"operation": operation, "values": list(references)})
        known = self.get(call)
        if known is None:
            self.wanted.append(call)
        return known or _STAND_IN


_STAND_IN: Final = Payload({"result": "1"})


def read_results(messages: Sequence[Message]) -> Results:
    """The results in the messages after the person's last one."""
    calls = {
        call["id"]: Call(call["function"]["name"], _object(call["function"]["arguments"]))
        for message in messages
        for call in message.get("tool_calls") or []
    }
    payloads: dict[tuple[str, str], Payload] = {}
    failures: list[Failure] = []
    for message in messages:
        call = calls.get(message.get("tool_call_id", ""))
        if message["role"] != "tool" or call is None:
            continue
        content = _object(message["content"] or "")
        error = content.get("error")
        if error or not content:
            failures.append(Failure(call.tool, _detail(error), _code(error)))
        else:
            payloads[call.key] = Payload(content, f"{message['tool_call_id']}:$")
    return Results(payloads, tuple(failures), len(calls))


def _object(text: str) -> dict[str, object]:
    try:
        value = json.loads(text, parse_float=Decimal) if text else {}
    except json.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _detail(error: object) -> str:
    return str(error.get("detail") or error.get("code") or "") if isinstance(error, dict) else ""


def _code(error: object) -> str:
    return str(error.get("code") or "") if isinstance(error, dict) else ""
