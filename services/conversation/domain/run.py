"""A run: one question on its way to an answer, recorded before the first token."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.conversation.domain.message import Message, Role, Turn
from services.shared.domain.events import Json
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId


class RunState(StrEnum):
    """Where a run stands. A waiting one waits for its owner's approval; the last three are final."""

    ACCEPTED = "accepted"
    RUNNING = "running"
    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNFINISHED: Final = (RunState.ACCEPTED, RunState.RUNNING, RunState.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One question and all that is known of its answering.

    `request_sha256` is `request_digest` of the request. `scopes` are the caller's, sorted: a process that takes the run
    over after a crash may do what the caller might, and no more. The model and prompt fields are None until the run
    starts.
    `wanted_model` and `wanted_prompt_version` are those that the request named, if it named any.
    `owner` names the process that works on it and `heartbeat_at` when that process last said so. `problem` is the
    RFC 9457 body of a failure. `citations` are the answer's, as its messages carry them.
    `parent_id` is the run that it follows in its branch, None at the beginning; `replaces_id` the run that it is
    another version of, by an edited question or an answer given anew.
    """

    id: RunId
    user_id: UserId
    conversation_id: ConversationId
    idempotency_key: str | None
    request_sha256: str
    user_message: str
    started_at: datetime
    scopes: tuple[str, ...] = ()
    state: RunState = RunState.ACCEPTED
    model: str | None = None
    prompt_id: str | None = None
    prompt_version: str | None = None
    prompt_hash: str | None = None
    answer: str | None = None
    message_id: MessageId | None = None
    citations: tuple[dict[str, Json], ...] = ()
    problem: dict[str, Json] | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    finished_at: datetime | None = None
    owner: str | None = None
    heartbeat_at: datetime | None = None
    wanted_model: str | None = None
    wanted_prompt_version: str | None = None
    parent_id: RunId | None = None
    replaces_id: RunId | None = None

    @property
    def is_finished(self) -> bool:
        """Whether the state is final."""
        return self.state not in UNFINISHED

    @property
    def duration_ms(self) -> int | None:
        """Milliseconds from acceptance to the end; None while it goes on."""
        return None if self.finished_at is None else (self.finished_at - self.started_at) // timedelta(milliseconds=1)

    def started(self, start: RunStart, at: datetime) -> Run:
        """The run as it is once a process works on it."""
        return dataclasses.replace(
            self,
            state=RunState.RUNNING,
            model=start.model,
            prompt_id=start.prompt_id,
            prompt_version=start.prompt_version,
            prompt_hash=start.prompt_hash,
            owner=start.owner,
            heartbeat_at=at,
        )

    def completed(self, result: RunResult, at: datetime) -> Run:
        """The run as it is once it has been answered."""
        return dataclasses.replace(
            self,
            state=RunState.COMPLETED,
            model=result.model,
            answer=result.answer,
            message_id=result.message_id,
            citations=result.citations,
            prompt_tokens=result.prompt_tokens,
            completion_tokens=result.completion_tokens,
            finished_at=at,
        )

    def turn(self) -> Turn | None:
        """The question and the answer, as far as it came, as a turn of the chat log.

        None unless the run completed or was cancelled. One that was cancelled before it spoke is only the question.
        """
        said = self.state in {RunState.COMPLETED, RunState.CANCELLED}
        if not said or self.answer is None or self.finished_at is None:
            return None
        question = Message(role=Role.USER, content=self.user_message, timestamp=self.started_at, run_id=self.id)
        answer = Message(
            role=Role.ASSISTANT,
            content=self.answer,
            timestamp=self.finished_at,
            run_id=self.id,
            message_id=self.message_id,
            citations=self.citations,
        )
        return Turn(
            turn_id=self.id,
            conversation_id=self.conversation_id,
            user_id=self.user_id,
            parent_id=self.parent_id,
            messages=(question, answer) if self.answer else (question,),
        )


@dataclass(frozen=True, slots=True)
class AcceptedRun:
    """The run that a request stands for. `replayed` is True when the same request had come before."""

    run: Run
    replayed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStart:
    """With what a run starts: `model` by name, the prompt by id, version and SHA-256, `owner` the working process."""

    model: str
    prompt_id: str
    prompt_version: str
    prompt_hash: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What completions took, at list prices. `model` is the one that was asked last, None when none was."""

    model: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: Decimal = Decimal(0)

    def and_then(self, later: Spent) -> Spent:
        """This, and what was spent after it."""
        return Spent(
            model=later.model or self.model,
            prompt_tokens=self.prompt_tokens + later.prompt_tokens,
            completion_tokens=self.completion_tokens + later.completion_tokens,
            cost_usd=self.cost_usd + later.cost_usd,
        )


NOTHING_SPENT: Final = Spent()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a run ended well. `model` is the one that wrote the answer, after any fail-over; costs are list prices."""

    answer: str
    message_id: MessageId
    model: str
    prompt_tokens: int
    completion_tokens: int
    cost_usd: Decimal = Decimal(0)
    citations: tuple[dict[str, Json], ...] = ()
