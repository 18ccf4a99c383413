import dataclasses
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.conversation.application.erase_chat_log import EraseChatLog
from services.conversation.application.find_unlogged_turns import FindUnloggedTurns
from services.conversation.application.record_turn_in_chat_log import (
    RecordTurnInChatLog,
    RecordTurnInChatLogRequest,
)
from services.conversation.domain.conversation import Conversation, ConversationPosition
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.message import Message, Turn
from services.conversation.domain.run import Run, RunState
from services.conversation.infrastructure.projections import ChatLogProjection
from services.shared.application.event_record import EventRecord
from services.shared.domain.events import Json
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId, new_uuid

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class World:
    """A run, its conversation and the log, all in memory."""

    def __init__(self) -> None:
        self.conversation: Conversation | None = Conversation(
            id=ConversationId(new_uuid()), user_id=UserId(new_uuid()), title="t", created_at=NOON, updated_at=NOON
        )
        self.user_id, self.conversation_id = self.conversation.user_id, self.conversation.id
        self.run = Run(
            id=RunId(new_uuid()),
            user_id=self.user_id,
            conversation_id=self.conversation_id,
            idempotency_key=None,
            request_sha256="0" * 64,
            user_message="How much?",
            started_at=NOON,
            state=RunState.COMPLETED,
            answer="₹5.",
            message_id=MessageId(new_uuid()),
            finished_at=NOON,
        )
        self.logged: dict[UUID, Turn] = {}
        self.delete_while_appending = False
        runs, conversations, log = FakeRuns(self), FakeConversations(self), FakeLog(self)
        self.record = RecordTurnInChatLog(runs, conversations, log)
        self.projection = ChatLogProjection(
            self.record, EraseChatLog(conversations, log), FindUnloggedTurns(conversations, log)
        )

    def request(self) -> RecordTurnInChatLogRequest:
        return RecordTurnInChatLogRequest(user_id=self.user_id, run_id=self.run.id)

    def event(self, name: str, payload: dict[str, Json]) -> EventRecord:
        return EventRecord(new_uuid(), "conversation", name, self.user_id, NOON, payload)


class FakeRuns:
    def __init__(self, world: World) -> None:
        self._world = world

    async def get(self, run_id: RunId, user_id: UserId) -> Run | None:
        run = self._world.run
        return run if (run.id, run.user_id) == (run_id, user_id) else None

    async def active(self, conversation_id: ConversationId, user_id: UserId) -> Run | None:
        return None

    async def list_ready(self, now: datetime) -> list[Run]:
        raise NotImplementedError

    async def page(
        self, user_id: UserId, *, conversation_id: ConversationId | None, before: RunId | None, limit: int
    ) -> list[Run]:
        return []

    async def list_unfinished(self, *, before: datetime, known: Collection[RunId], limit: int) -> list[Run]:
        return []

    async def by_key(self, key: str, user_id: UserId) -> Run | None:
        return None


class FakeConversations:
    def __init__(self, world: World) -> None:
        self._world = world

    async def get(self, conversation_id: ConversationId, user_id: UserId) -> Conversation | None:
        return self._world.conversation

    async def page(self, user_id: UserId, after: ConversationPosition | None, limit: int) -> list[Conversation]:
        return []

    async def existing(self, conversation_ids: Collection[ConversationId]) -> set[ConversationId]:
        return {self._world.conversation.id} & set(conversation_ids) if self._world.conversation else set()


class FakeLog:
    def __init__(self, world: World) -> None:
        self._world = world

    async def append_turn(self, turn: Turn) -> None:
        self._world.logged[turn.turn_id] = turn
        if self._world.delete_while_appending:
            self._world.conversation = None

    async def messages(
        self, conversation_id: ConversationId, user_id: UserId, turns: Sequence[RunId]
    ) -> tuple[Message, ...]:
        return ()

    async def logged(self, turns: Collection[RunId]) -> set[RunId]:
        return {turn for turn in turns if turn in self._world.logged}

    async def delete(self, conversation_id: ConversationId, user_id: UserId) -> None:
        self._world.logged.clear()


async def test_a_completed_turn_is_logged_however_often() -> None:
    world = World()
    assert await world.record(world.request())
    assert await world.record(world.request())
    assert world.logged == {world.run.id: world.run.turn()}


async def test_a_run_that_did_not_complete_is_not_logged() -> None:
    world = World()
    world.run = dataclasses.replace(world.run, state=RunState.FAILED)
    assert not await world.record(world.request())
    assert world.logged == {}


async def test_a_deleted_conversation_does_not_come_back() -> None:
    world = World()
    world.conversation = None
    assert not await world.record(world.request())
    assert world.logged == {}


async def test_a_conversation_deleted_meanwhile_does_not_come_back() -> None:
    world = World()
    world.delete_while_appending = True
    assert not await world.record(world.request())
    assert world.logged == {}


async def test_another_persons_run_does_not_exist() -> None:
    world = World()
    with pytest.raises(RunNotFoundError):
        await world.record(RecordTurnInChatLogRequest(user_id=UserId(new_uuid()), run_id=world.run.id))


async def test_the_consumer_repeats_logging_and_erasing() -> None:
    world = World()
    completed = world.event("ConversationTurnCompleted", {"run_id": str(world.run.id)})
    await world.projection.handle(completed)
    assert list(world.logged) == [world.run.id]
    erased = world.event("ConversationDeleted", {"conversation_id": str(world.conversation_id)})
    await world.projection.handle(erased)
    assert list(world.logged) == [world.run.id]
    world.conversation = None
    await world.projection.handle(erased)
    await world.projection.handle(completed)
    assert world.logged == {}


async def test_of_many_events_only_those_are_left_that_the_log_does_not_follow_yet() -> None:
    world = World()
    ids = {"run_id": str(world.run.id), "conversation_id": str(world.conversation_id)}
    completed = world.event("ConversationTurnCompleted", {**ids})
    cancelled = world.event("ConversationTurnCancelled", {**ids, "run_id": str(new_uuid())})
    deleted = world.event("ConversationDeleted", {"conversation_id": str(world.conversation_id)})
    events = [completed, cancelled, deleted]
    assert await world.projection.handle_together(events) == events
    await world.record(world.request())
    assert await world.projection.handle_together(events) == [cancelled, deleted]
    world.conversation = None
    assert await world.projection.handle_together(events) == events


async def test_the_consumer_passes_over_a_run_that_is_gone() -> None:
    world = World()
    await world.projection.handle(world.event("ConversationTurnCompleted", {"run_id": str(new_uuid())}))
    assert world.logged == {}
