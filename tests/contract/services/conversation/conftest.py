from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.complete_turn import CompleteTurnRequest, event_of
from services.conversation.application.unit_of_work import ConversationUnitOfWork, ConversationUnitOfWorkFactory
from services.conversation.domain.branches.repositories import BranchReader
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.repositories import ConversationReader, RunReader, TurnStore
from services.conversation.domain.run import AcceptedRun, Run, RunResult, RunStart, Spent
from services.conversation.infrastructure.branches.postgres_branches import PostgresBranchReader
from services.conversation.infrastructure.postgres_conversations import PostgresConversationReader
from services.conversation.infrastructure.postgres_runs import PostgresRunReader
from services.conversation.infrastructure.postgres_turns import PostgresTurnStore
from services.conversation.infrastructure.postgres_unit_of_work import PostgresConversationUnitOfWork
from services.shared.domain.events import Json
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId, new_uuid

SPENT = Spent(model="spare", prompt_tokens=11, completion_tokens=5)

NOON = datetime(2026, 11, 24, 12, 0, 0, 123_456, tzinfo=UTC)
START = RunStart(model="offline", prompt_id="reason", prompt_version="3", prompt_hash="f" * 64, owner="host:1")


class Store:
    """The ports of the context on one database, and short ways to fill it."""

    def __init__(self, engine: AsyncEngine, user_id: UserId) -> None:
        self._engine = engine
        self.user_id = user_id
        self.conversations: ConversationReader = PostgresConversationReader(engine)
        self.runs: RunReader = PostgresRunReader(engine)
        self.branches: BranchReader = PostgresBranchReader(engine)
        self.turns: TurnStore = PostgresTurnStore(engine)

    def of_another(self) -> "Store":
        return Store(self._engine, UserId(new_uuid()))

    @property
    def unit_of_work(self) -> ConversationUnitOfWorkFactory:
        return self._unit

    def _unit(self) -> ConversationUnitOfWork:
        return PostgresConversationUnitOfWork(self._engine)

    async def open(self, minutes: int = 0, title: str = "") -> Conversation:
        at = NOON + timedelta(minutes=minutes)
        conversation = Conversation(
            id=ConversationId(new_uuid()), user_id=self.user_id, title=title, created_at=at, updated_at=at
        )
        async with self._unit() as unit:
            await unit.conversations.add(conversation)
            await unit.commit()
        return conversation

    def run(
        self,
        conversation: Conversation,
        *,
        key: str | None = None,
        digest: str = "a",
        minutes: int = 0,
        after: Run | None = None,
        replaces: Run | None = None,
    ) -> Run:
        return Run(
            id=RunId(new_uuid()),
            user_id=self.user_id,
            conversation_id=conversation.id,
            idempotency_key=key,
            request_sha256=digest,
            user_message=f"question {minutes}",
            started_at=NOON + timedelta(minutes=minutes),
            parent_id=after.id if after is not None else None,
            replaces_id=replaces.id if replaces is not None else None,
        )

    async def accept(self, run: Run) -> AcceptedRun:
        async with self._unit() as unit:
            accepted = await unit.runs.accept(run)
            await unit.commit()
        return accepted

    async def start(self, run: Run) -> bool:
        async with self._unit() as unit:
            started = await unit.runs.start(run.id, START, run.started_at)
            await unit.commit()
        return started

    async def finish(self, run: Run, result: RunResult, owner: str | None = None) -> bool:
        completed = run.completed(result, run.started_at + timedelta(seconds=2))
        request = CompleteTurnRequest(user_id=run.user_id, run=run, result=result)
        return await self.turns.complete(completed, result.cost_usd, event_of(completed, request), owner=owner)

    async def fail(self, run: Run, owner: str | None = None) -> bool:
        problem: dict[str, Json] = {"status": 503, "errors": []}
        async with self._unit() as unit:
            failed = await unit.runs.fail(run.id, problem, SPENT, run.started_at, owner=owner)
            await unit.commit()
        return failed

    async def wait(self, run: Run, owner: str | None = None) -> bool:
        async with self._unit() as unit:
            waits = await unit.runs.wait(run.id, owner=owner)
            await unit.commit()
        return waits

    async def cancel(self, run: Run) -> bool:
        async with self._unit() as unit:
            cancelled = await unit.runs.cancel(run.id, "So far", SPENT, run.started_at)
            await unit.commit()
        return cancelled

    async def delete(self, conversation: Conversation) -> None:
        async with self._unit() as unit:
            await unit.conversations.delete(conversation, NOON)
            await unit.commit()

    async def stored(self, run: Run) -> Run:
        found = await self.runs.get(run.id, run.user_id)
        assert found is not None
        return found


def result_of(answer: str = "₹5.") -> RunResult:
    return RunResult(
        answer=answer,
        message_id=MessageId(new_uuid()),
        model="gpt",
        prompt_tokens=120,
        completion_tokens=30,
        citations=({"figure": "₹5", "call_id": "c1", "path": "$.total"},),
    )


@pytest.fixture
def store(postgres_engine: AsyncEngine, unique_user: UserId) -> Store:
    return Store(postgres_engine, unique_user)
