"""The events of a run, in the one encoding that log and clients share: server-sent event frames.

A frame is `event: <type>`, `id: <seq>`, `data: <json>` and an empty line (WHATWG HTML, section 9.2.6). It is made once;
the log keeps it and every SSE client gets those bytes. Other protocols read the frames back with `parse`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson


class EventType(StrEnum):
    """What can happen in a run."""

    RUN_STARTED = "run.started"
    STEP = "step"
    TOOL_CALL = "tool.call"
    TOOL_RESULT = "tool.result"
    APPROVAL_REQUIRED = "approval.required"
    TEXT_DELTA = "text.delta"
    CITATION = "citation"
    USAGE = "usage"
    RUN_COMPLETED = "run.completed"
    RUN_FAILED = "run.failed"
    RUN_CANCELLED = "run.cancelled"


FINAL_EVENTS = frozenset({EventType.RUN_COMPLETED, EventType.RUN_FAILED, EventType.RUN_CANCELLED})


MAX_SEQ: Final = 2**31
"""No run comes near it: a larger number is no event's."""

WAITING: Final = "waiting"
"""The `name` of the step after which a run does nothing until its approvals are decided or have expired.

The stream may be left there and followed again later, after the step's `id`; the same log goes on.
"""


@dataclass(frozen=True, slots=True)
class RunEvent:
    """One event; `seq` counts from 1 within its run."""

    seq: int
    type: EventType
    data: dict[str, Any]

    @property
    def is_waiting(self) -> bool:
        """Whether the run now waits for its owner's approval."""
        return self.type is EventType.STEP and self.data.get("name") == WAITING


def frame(seq: int, event: EventType, data: dict[str, Any]) -> bytes:
    """The event's bytes on the wire."""
    return b"event: %b\nid: %d\ndata: %b\n\n" % (event.encode(), seq, orjson.dumps(data))


def split(frames: bytes) -> list[bytes]:
    """The single frames of a run of frames, each with its empty line."""
    return [part + b"\n\n" for part in frames.split(b"\n\n") if part]


def parse(frames: bytes) -> Iterator[RunEvent]:
    """Read frames that `frame` made."""
    for part in frames.split(b"\n\n"):
        if part:
            event, seq, data = part.split(b"\n", 2)
            yield RunEvent(int(seq[4:]), EventType(event[7:].decode()), orjson.loads(data[6:]))


def frames_after(frames: bytes, seq: int) -> bytes:
    """Only the frames whose number is above `seq`."""
    return b"".join(one for one in split(frames) if int(one.split(b"\n", 2)[1][4:]) > seq)
