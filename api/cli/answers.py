"""Shows a run's events on a console as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from agents.runs.events import EventType, RunEvent


@dataclass(slots=True)
class AnswerPrinter:
    """Prints the text as it streams, then what its figures rest on. `failed` holds the problem of a failed run.

    `decide` takes the person's word on a write, each time the run waits for it.
    """

    console: Console
    decide: Callable[[dict[str, Any]], Awaitable[None]] | None = None
    failed: dict[str, Any] | None = None
    answer: str = ""
    citations: list[dict[str, Any]] = field(default_factory=list)
    _tools: dict[str, str] = field(default_factory=dict)
    _approvals: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def show(self, events: AsyncIterator[RunEvent]) -> None:
        """Print every event up to the last."""
        async for event in events:
            self._show(event)
            if event.is_waiting and self.decide is not None:
                for approval_id in event.data["approvals"]:
                    await self.decide(self._approvals[approval_id])
        if self.failed is None:
            self._sources()

    def _show(self, event: RunEvent) -> None:
        match event.type:
            case EventType.TEXT_DELTA:
                self.answer += event.data["delta"]
                self.console.print(event.data["delta"], end="", markup=False)
            case EventType.TOOL_CALL:
                self._tools[event.data["call_id"]] = event.data["name"]
            case EventType.APPROVAL_REQUIRED:
                self._approvals[event.data["approval_id"]] = event.data
            case EventType.CITATION:
                self.citations.append(event.data)
            case EventType.RUN_FAILED:
                self.failed = event.data["problem"]

    def _sources(self) -> None:
        self.console.print()
        told = {(c["figure"], c["call_id"], c["path"]): c for c in self.citations if c["call_id"] in self._tools}
        for figure, call_id, path in told:
            line = f"  {figure} ← {self._tools[call_id]} {path}"
            self.console.print(line, style="dim", markup=False)
