"""Keeps the graph up to date from the other contexts' events."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from services.knowledge_graph.domain.repositories import GraphRepository
from services.knowledge_graph.infrastructure.event_payloads import (
    AccountOpenedPayload,
    GoalCreatedPayload,
    GoalDeletedPayload,
)
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import GoalId, UserId


class GraphProjection:
    """Consumer that turns events into upserts and removals, in any order between topics, any number of times."""

    consumer: Final = "knowledge_graph"
    topics: Final = frozenset({"user", "financial", "goals"})

    def __init__(self, graph: GraphRepository) -> None:
        self._graph = graph
        self._steps: Mapping[str, Callable[[EventRecord, UserId], Awaitable[None]]] = {
            "UserRegistered": self._user_registered,
            "AccountOpened": self._account_opened,
            "GoalCreated": self._goal_created,
            "GoalDeleted": self._goal_deleted,
        }

    async def handle(self, record: EventRecord) -> None:
        """Bring the graph up to date with one event; others are passed over."""
        step = self._steps.get(record.name)
        if step is not None:
            await step(record, UserId(record.user_id))

    async def _user_registered(self, _: EventRecord, user_id: UserId) -> None:
        await self._graph.upsert_user(user_id)

    async def _account_opened(self, record: EventRecord, user_id: UserId) -> None:
        await self._graph.upsert_account(AccountOpenedPayload.model_validate(record.payload).to_node(user_id))

    async def _goal_created(self, record: EventRecord, user_id: UserId) -> None:
        await self._graph.upsert_goal(GoalCreatedPayload.model_validate(record.payload).to_node(user_id))

    async def _goal_deleted(self, record: EventRecord, user_id: UserId) -> None:
        goal_id = GoalDeletedPayload.model_validate(record.payload).goal_id
        await self._graph.remove_goal(GoalId(goal_id), user_id)
