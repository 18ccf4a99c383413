"""A run's events as chat completions of the OpenAI API, streamed and whole.

Tools run here and are not shown as calls, which a client would try to answer. What the run had to say beside its text
(run, citations, what waits for approval) is in the member `nivesh` of the last chunk.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

from agents.runs.events import EventType, RunEvent
from api.protocols.openai_errors import BASE, error_of
from services.shared.infrastructure.problem import Problem

DONE: Final = b"data: [DONE]\n\n"


class Completion:
    """One completion, as it grows. `created` is in seconds since 1970."""

    def __init__(self, run_id: str, conversation_id: str, model: str, created: int) -> None:
        self.text = ""
        self.ended = False
        self.problem: Problem | None = None
        self._head = {"id": f"chatcmpl-{run_id}", "created": created, "model": model}
        self._extra: dict[str, Any] = {"run_id": run_id, "conversation_id": conversation_id, "citations": []}
        self._usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}

    def begin(self) -> bytes:
        """The chunk that opens the message."""
        return self._chunk({"role": "assistant", "content": ""})

    def encode(self, events: list[RunEvent]) -> bytes:
        """The chunks of events that came together: their text as one."""
        before = len(self.text)
        for event in events:
            self._take(event)
        return self._chunk({"content": self.text[before:]}) if len(self.text) > before else b""

    def end(self, *, usage: bool) -> bytes:
        """The chunks that close the stream: the problem, or why it ended, and the usage if it was asked for."""
        if self.problem is not None:
            return _frame({"error": error_of(self.problem)}) + DONE
        last = self._chunk({}, "stop", nivesh=self._extra)
        spent = _frame({**self._head, "object": "chat.completion.chunk", "choices": [], "usage": self._usage})
        return last + (spent if usage else b"") + DONE

    def whole(self) -> dict[str, Any]:
        """The completion as one object."""
        message = {"role": "assistant", "content": self.text, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage,
            "nivesh": self._extra,
        }

    def _take(self, event: RunEvent) -> None:
        data = event.data
        match event.type:
            case EventType.TEXT_DELTA:
                self.text += data["delta"]
            case EventType.CITATION:
                self._extra["citations"].append(data)
            case EventType.APPROVAL_REQUIRED:
                self._extra.setdefault("approvals", []).append(data)
                self.text += _asking(data, begins=not self.text)
            case EventType.USAGE:
                prompt, completion = data.get("prompt_tokens", 0), data.get("completion_tokens", 0)
                self._usage = {
                    "prompt_tokens": prompt,
                    "completion_tokens": completion,
                    "total_tokens": prompt + completion,
                }
            case EventType.RUN_FAILED:
                self.problem = Problem.model_validate(data["problem"] | {"instance": f"{BASE}v1/chat/completions"})
            case _:
                pass
        self.ended = self.ended or event.type in {EventType.RUN_COMPLETED, EventType.RUN_FAILED}

    def _chunk(self, delta: dict[str, str], finish: str | None = None, **more: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return _frame({**self._head, "object": "chat.completion.chunk", "choices": [choice], **more})


def _asking(shown: dict[str, Any], *, begins: bool) -> str:
    """What a person reads who has only the text: the server's own words for what would be done."""
    opening = "" if begins else "\n\n"
    return f"{opening}This needs your approval in Nivesh within five minutes: {shown['preview']['summary']}"


def _frame(data: dict[str, Any]) -> bytes:
    return b"data: %b\n\n" % orjson.dumps(data)
