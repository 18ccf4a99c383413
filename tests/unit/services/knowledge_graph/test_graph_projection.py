from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from services.knowledge_graph.application.get_graph_overview import GetGraphOverview, GetGraphOverviewRequest
from services.knowledge_graph.domain.model import (
    AccountNode,
    GoalNode,
    GraphNode,
    GraphRelation,
    NodeKind,
    RelationKind,
    Subgraph,
    TransactionNode,
    Version,
)
from services.knowledge_graph.infrastructure.projections import GraphProjection
from services.shared.application.event_record import EventRecord
from services.shared.domain.events import Json
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId, new_uuid
from services.shared.domain.money import Money

USER = UserId(new_uuid())
THING = new_uuid()


class FakeGraph:
    """Notes what it is asked to do."""

    def __init__(self, subgraph: Subgraph | None = None) -> None:
        self.done: list[object] = []
        self._subgraph = subgraph or Subgraph()

    async def upsert_user(self, user_id: UserId) -> None:
        self.done.append(user_id)

    async def upsert_account(self, account: AccountNode, version: Version) -> None:
        self.done.append(account)

    async def upsert_goal(self, goal: GoalNode, version: Version) -> None:
        self.done.append(goal)

    async def link_goal(
        self, goal_id: GoalId, user_id: UserId, account_ids: Sequence[AccountId], version: Version
    ) -> None:
        self.done.append(("linked", goal_id, tuple(account_ids)))

    async def remove_goal(self, goal_id: GoalId, user_id: UserId, version: Version) -> None:
        self.done.append(("removed", goal_id, user_id))

    async def put_transactions(
        self, user_id: UserId, transactions: Sequence[TransactionNode], version: Version
    ) -> None:
        self.done.append(tuple(transactions))

    async def remove_transactions(
        self, user_id: UserId, transaction_ids: Sequence[TransactionId], version: Version
    ) -> None:
        self.done.append(("removed", tuple(transaction_ids)))

    async def remove_account(self, user_id: UserId, account_id: AccountId, version: Version) -> None:
        self.done.append(("removed", account_id))

    async def clear(self, user_id: UserId | None = None) -> None:
        self.done.append(("cleared", user_id))

    async def remove_user(self, user_id: UserId) -> None:
        self.done.append(("removed", user_id))

    async def subgraph(self, user_id: UserId) -> Subgraph:
        return self._subgraph


def record_of(name: str, payload: dict[str, Json]) -> EventRecord:
    return EventRecord(new_uuid(), "any", name, USER, datetime(2026, 11, 24, tzinfo=UTC), payload)


async def test_events_become_nodes() -> None:
    graph = FakeGraph()
    projection = GraphProjection(graph)
    await projection.handle(record_of("UserRegistered", {"first_name": "Asha"}))
    await projection.handle(
        record_of(
            "AccountOpened",
            {
                "account_id": str(THING),
                "account_name": "Savings",
                "account_type": "savings",
                "institution": "HDFC Bank",
                "opening_balance": {"amount": "10.00", "currency": "INR"},
                "something_newer": 1,
            },
        )
    )
    await projection.handle(
        record_of(
            "GoalCreated",
            {
                "goal_id": str(THING),
                "goal_name": "Home",
                "goal_type": "home",
                "target_amount": {"amount": "1000.50", "currency": "INR"},
                "target_date": "2031-03-31",
                "priority": 1,
            },
        )
    )
    await projection.handle(
        record_of("GoalAccountsLinked", {"goal_id": str(THING), "account_ids": [str(THING)], "something_newer": 1})
    )
    await projection.handle(record_of("GoalDeleted", {"goal_id": str(THING)}))
    await projection.handle(
        record_of(
            "TransactionsRecorded",
            {
                "transactions": [
                    {
                        "id": str(THING),
                        "account_id": str(THING),
                        "amount": "-12.50",
                        "currency": "INR",
                        "booked_on": "2026-10-05",
                        "category": "dining",
                        "payee": "Swiggy",
                        "transfer_pair_id": None,
                    }
                ]
            },
        )
    )
    await projection.handle(record_of("TransactionsDeleted", {"transaction_ids": [str(THING)]}))
    assert graph.done == [
        USER,
        AccountNode(
            id=AccountId(THING),
            user_id=USER,
            name="Savings",
            account_type="savings",
            institution="HDFC Bank",
            currency="INR",
        ),
        GoalNode(
            id=GoalId(THING),
            user_id=USER,
            name="Home",
            goal_type="home",
            target_amount=Money(Decimal("1000.50")),
            target_date=date(2031, 3, 31),
        ),
        ("linked", GoalId(THING), (AccountId(THING),)),
        ("removed", GoalId(THING), USER),
        (
            TransactionNode(
                id=TransactionId(THING),
                account_id=AccountId(THING),
                amount=Money(Decimal("-12.50")),
                booked_on=date(2026, 10, 5),
                payee="Swiggy",
                category="dining",
            ),
        ),
        ("removed", (TransactionId(THING),)),
    ]


async def test_other_events_are_passed_over() -> None:
    graph = FakeGraph()
    await GraphProjection(graph).handle(record_of("StatementImported", {}))
    assert graph.done == []


async def test_a_record_without_what_it_must_have_is_an_error_and_changes_nothing() -> None:
    graph = FakeGraph()
    with pytest.raises(ValidationError):
        await GraphProjection(graph).handle(record_of("GoalDeleted", {"goal": "?"}))
    assert graph.done == []


async def test_the_overview_counts_every_kind() -> None:
    nodes = (GraphNode(id="g", kind=NodeKind.GOAL), GraphNode(id="u", kind=NodeKind.USER))
    subgraph = Subgraph(nodes, (GraphRelation("u", RelationKind.HAS_GOAL, "g"),), transactions=7)
    view = await GetGraphOverview(FakeGraph(subgraph))(GetGraphOverviewRequest(user_id=USER))
    assert view.node_counts == dict.fromkeys(NodeKind, 0) | {
        NodeKind.USER: 1,
        NodeKind.GOAL: 1,
        NodeKind.TRANSACTION: 7,
    }
    assert view.relation_counts == {
        RelationKind.HAS_ACCOUNT: 0,
        RelationKind.HAS_GOAL: 1,
        RelationKind.BELONGS_TO: 7,
        RelationKind.CATEGORIZED_AS: 7,
        RelationKind.REQUIRES: 0,
    }
    assert view.subgraph == subgraph


async def test_of_two_accounts_that_are_merged_one_goes() -> None:
    graph = FakeGraph()
    merged = record_of("AccountsMerged", {"account_id": str(THING), "into_account_id": str(new_uuid())})
    await GraphProjection(graph).handle(merged)
    assert graph.done == [("removed", AccountId(THING))]
