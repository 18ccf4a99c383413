"""Erasing a person's conversations, and what programs were told of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pymongo.asynchronous.database import AsyncDatabase
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.cancel_run import CancelRun, CancelRunRequest
from services.conversation.application.erasure.run_traces import RunTraces
from services.conversation.domain.run import UNFINISHED, RunState
from services.conversation.infrastructure.approvals.tables import approvals
from services.conversation.infrastructure.feedback.tables import feedback
from services.conversation.infrastructure.memory.tables import memories
from services.conversation.infrastructure.mongo_chat_log import Document, MongoChatLog
from services.conversation.infrastructure.tables import conversations, runs
from services.conversation.infrastructure.webhooks.tables import webhook_deliveries, webhooks
from services.shared.domain.ids import RunId, UserId
from services.shared.infrastructure.erasure import ErasureConsumer, delete_rows

OF_A_PERSON: Final = [approvals, conversations, feedback, memories, runs, webhook_deliveries, webhooks]


class PersonEraser:
    """Ends the person's runs, then erases them with everything that is found by them, and last their record."""

    def __init__(self, engine: AsyncEngine, chat_log: MongoChatLog, traces: RunTraces, cancel: CancelRun) -> None:
        self._engine = engine
        self._chat_log = chat_log
        self._traces = traces
        self._cancel = cancel

    async def __call__(self, user_id: UserId) -> None:
        """Idempotent: the record, by which the rest is found, goes when the rest has gone."""
        worked_on = await self._runs_of(user_id, (RunState.ACCEPTED, RunState.RUNNING))
        for run_id in await self._runs_of(user_id, UNFINISHED):
            await self._cancel(CancelRunRequest(user_id=user_id, run_id=run_id))
        await self._traces.stop(worked_on)
        await self._traces.forget(await self._runs_of(user_id, RunState))
        await self._chat_log.delete_all(user_id)
        await delete_rows(self._engine, user_id, OF_A_PERSON)

    async def _runs_of(self, user_id: UserId, states: Iterable[RunState]) -> list[RunId]:
        query = select(runs.c.id).where(runs.c.user_id == user_id, runs.c.state.in_(list(states)))
        async with self._engine.connect() as connection:
            return [RunId(row.id) for row in await connection.execute(query)]


def build_erasure(
    engine: AsyncEngine, mongo: AsyncDatabase[Document], traces: RunTraces, cancel: CancelRun
) -> ErasureConsumer:
    """The consumer."""
    return ErasureConsumer("conversation", PersonEraser(engine, MongoChatLog(mongo), traces, cancel))
