"""Keeps the graph up to date from the other contexts' events."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from services.knowledge_graph.domain.model import version_of
from services.knowledge_graph.domain.repositories import GraphRepository
from services.knowledge_graph.infrastructure.event_payloads import (
    AccountOpenedPayload,
    AccountsMergedPayload,
    GoalAccountsLinkedPayload,
    GoalCreatedPayload,
    GoalDeletedPayload,
    TransactionsDeletedPayload,
    TransactionsRecordedPayload,
)
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId


class GraphProjection:
    """Consumer that turns events into upserts and removals, in any order, any number of times."""

    consumer: Final = "knowledge_graph"
    topics: Final = frozenset({"user", "financial", "goals"})

    def __init__(self, graph: GraphRepository) -> None:
        self._graph = graph
        self._steps: Mapping[str, Callable[[EventRecord], Awaitable[None]]] = {
            "UserRegistered": self._user_registered,
            "AccountOpened": self._account_opened,
            "AccountsMerged": self._accounts_merged,
            "TransactionsRecorded": self._transactions_recorded,
            "TransactionsDeleted": self._transactions_deleted,
            "GoalCreated": self._goal_told,
            "GoalUpdated": self._goal_told,
            "GoalAccountsLinked": self._goal_linked,
            "GoalDeleted": self._goal_deleted,
        }
        self.names: Final = frozenset(self._steps)

    async def handle(self, record: EventRecord) -> None:
        """Bring the graph up to date with one event; others are passed over."""
        step = self._steps.get(record.name)
        if step is not None:
            await step(record)

    async def _user_registered(self, record: EventRecord) -> None:
        await self._graph.upsert_user(UserId(record.user_id))

    async def _account_opened(self, record: EventRecord) -> None:
        account = AccountOpenedPayload.model_validate(record.payload).to_node(UserId(record.user_id))
        await self._graph.upsert_account(account, version_of(record.occurred_at, record.event_id))

    async def _accounts_merged(self, record: EventRecord) -> None:
        gone = AccountsMergedPayload.model_validate(record.payload).account_id
        version = version_of(record.occurred_at, record.event_id)
        await self._graph.remove_account(UserId(record.user_id), AccountId(gone), version)

    async def _transactions_recorded(self, record: EventRecord) -> None:
        transactions = TransactionsRecordedPayload.model_validate(record.payload).to_nodes()
        version = version_of(record.occurred_at, record.event_id)
        await self._graph.put_transactions(UserId(record.user_id), transactions, version)

    async def _transactions_deleted(self, record: EventRecord) -> None:
        told = TransactionsDeletedPayload.model_validate(record.payload).transaction_ids
        version = version_of(record.occurred_at, record.event_id)
        await self._graph.remove_transactions(UserId(record.user_id), [TransactionId(one) for one in told], version)

    async def _goal_told(self, record: EventRecord) -> None:
        goal = GoalCreatedPayload.model_validate(record.payload).to_node(UserId(record.user_id))
        await self._graph.upsert_goal(goal, version_of(record.occurred_at, record.event_id))

    async def _goal_linked(self, record: EventRecord) -> None:
        told = GoalAccountsLinkedPayload.model_validate(record.payload)
        accounts = [AccountId(account_id) for account_id in told.account_ids]
        version = version_of(record.occurred_at, record.event_id)
        await self._graph.link_goal(GoalId(told.goal_id), UserId(record.user_id), accounts, version)

    async def _goal_deleted(self, record: EventRecord) -> None:
        goal_id = GoalId(GoalDeletedPayload.model_validate(record.payload).goal_id)
        version = version_of(record.occurred_at, record.event_id)
        await self._graph.remove_goal(goal_id, UserId(record.user_id), version)
