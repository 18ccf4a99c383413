"""Ports of the conversation context: what is written, what is read, and the log of what was said."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.conversation.domain.conversation import Conversation, ConversationPosition
from services.conversation.domain.message import Message, Turn
from services.conversation.domain.run import AcceptedRun, Run, RunStart, Spent
from services.shared.domain.events import DomainEvent, Json
from services.shared.domain.ids import ConversationId, RunId, UserId


class ConversationRepository(Protocol):
    """Conversations inside a unit of work."""

    async def add(self, conversation: Conversation) -> None:
        """Keep a new conversation."""
        ...

    async def lock(self, conversation_id: ConversationId, user_id: UserId) -> Conversation | None:
        """The caller's conversation, held against other writers until the unit ends; None when there is none.

        Whoever also changes its runs locks the conversation first, so that writers never wait for each other in a ring.
        """
        ...

    async def open(self, conversation: Conversation) -> bool:
        """Keep a new conversation unless its id is taken, by a deleted one too; whether it was kept."""
        ...

    async def save(self, conversation: Conversation) -> None:
        """Keep its title, the time of its last turn and the head of its branch."""
        ...

    async def delete(self, conversation: Conversation, at: datetime) -> None:
        """Mark it deleted, and erase what was said in it from its runs."""
        ...


class RunRepository(Protocol):
    """Runs inside a unit of work. With `owner`, a run that another process works on is left as one that has ended."""

    async def accept(self, run: Run) -> AcceptedRun:
        """Keep a new run, or give the one that the same user's same key already stands for.

        IdempotencyKeyReusedError when that one was another request; ConversationBusyError when another run of the
        conversation is unfinished.
        """
        ...

    async def get(self, run_id: RunId, user_id: UserId) -> Run | None:
        """The caller's run; None when there is none."""
        ...

    async def start(self, run_id: RunId, start: RunStart, at: datetime) -> bool:
        """Mark an unfinished run as running; False when it has already ended."""
        ...

    async def wait(self, run_id: RunId, *, owner: str | None = None) -> bool:
        """Mark a running run as waiting for its owner; False when it has already ended."""
        ...

    async def fail(
        self, run_id: RunId, problem: dict[str, Json], spent: Spent, at: datetime, *, owner: str | None = None
    ) -> bool:
        """Close an unfinished run as failed; False, changing nothing, when it has already ended."""
        ...

    async def cancel(self, run_id: RunId, answer: str, spent: Spent, at: datetime) -> bool:
        """Close an unfinished run as cancelled with what was said; False, changing nothing, when it has ended."""
        ...

    async def count_versions(self, run: Run) -> int:
        """How many turns of its conversation follow on the turn that this one follows on, itself included."""
        ...

    async def has_unfinished(self, conversation_id: ConversationId) -> bool:
        """Whether a question is still being answered there."""
        ...


class TurnStore(Protocol):
    """What every turn keeps, each time with its event, as a transaction of its own."""

    async def open(self, conversation: Conversation, run: Run, event: DomainEvent) -> bool:
        """Keep a new conversation with its first run; False, keeping nothing, when the run's key is taken."""
        ...

    async def follow(self, run: Run, title: str) -> Run | None:
        """Keep a run at the end of its conversation's branch, and give it with the run that it follows.

        The title is for a conversation without one. None, keeping nothing, when the caller has no such conversation,
        another run of it is unfinished, or the run's key is taken.
        """
        ...

    async def complete(
        self, completed: Run, cost_usd: Decimal, event: DomainEvent, *, owner: str | None = None
    ) -> bool:
        """Close an unfinished run as completed, and note that its conversation had a turn.

        False, changing nothing, when it has already ended; with `owner` also when another process works on it.
        """
        ...


class ConversationReader(Protocol):
    """Reads of conversations. Deleted ones are not there."""

    async def get(self, conversation_id: ConversationId, user_id: UserId) -> Conversation | None:
        """The caller's conversation; None when there is none."""
        ...

    async def page(self, user_id: UserId, after: ConversationPosition | None, limit: int) -> list[Conversation]:
        """The caller's conversations, the last updated first, from just after a position."""
        ...

    async def existing(self, conversation_ids: Collection[ConversationId]) -> set[ConversationId]:
        """Which of these are there, every user's; for the program itself, never for a caller."""
        ...


class RunReader(Protocol):
    """Reads of runs."""

    async def get(self, run_id: RunId, user_id: UserId) -> Run | None:
        """The caller's run; None when there is none."""
        ...

    async def active(self, conversation_id: ConversationId, user_id: UserId) -> Run | None:
        """The run of the caller's conversation that has not ended; there is one at most."""
        ...

    async def page(
        self, user_id: UserId, *, conversation_id: ConversationId | None, before: RunId | None, limit: int
    ) -> list[Run]:
        """The caller's runs, the newest first (ids grow with time), of one conversation or all, below an id."""
        ...

    async def list_unfinished(self, *, before: datetime, known: Collection[RunId], limit: int) -> list[Run]:
        """Every user's accepted and running runs that began before a moment, without the known ones, oldest first.

        It is for recovery after a crash, never for a caller.
        """
        ...

    async def list_ready(self, now: datetime) -> list[Run]:
        """Every user's waiting runs whose approvals are all decided or have expired at `now`, oldest first."""
        ...

    async def by_key(self, key: str, user_id: UserId) -> Run | None:
        """The run that the caller's idempotency key stands for; None when there is none."""
        ...


class ChatLog(Protocol):
    """The log of what was said."""

    async def append_turn(self, turn: Turn) -> None:
        """Keep a turn. The same turn id again replaces it, so repeating is harmless."""
        ...

    async def messages(
        self, conversation_id: ConversationId, user_id: UserId, turns: Sequence[RunId]
    ) -> tuple[Message, ...]:
        """The messages of these turns, in their order; a turn that is not there is left out.

        Timestamps come back in whole milliseconds.
        """
        ...

    async def logged(self, turns: Collection[RunId]) -> set[RunId]:
        """Which of these turns are kept, every user's; for the program itself, never for a caller."""
        ...

    async def delete(self, conversation_id: ConversationId, user_id: UserId) -> None:
        """Erase a conversation's turns; none is no error."""
        ...
