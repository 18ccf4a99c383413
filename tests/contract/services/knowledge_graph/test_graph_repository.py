"""What every `GraphRepository` must do: on the embedded graph, and by NIVESH_TEST_NEO4J_URL on a Neo4j server."""

import asyncio
from datetime import date
from decimal import Decimal

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ConstraintError

from services.knowledge_graph.domain.model import (
    AccountNode,
    GoalNode,
    GraphNode,
    GraphRelation,
    NodeKind,
    RelationKind,
    Subgraph,
)
from services.knowledge_graph.domain.repositories import GraphRepository
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.shared.domain.ids import AccountId, GoalId, UserId, new_uuid
from services.shared.domain.money import Money


@pytest.fixture
async def graph(graph_driver: AsyncDriver) -> GraphRepository:
    repository = Neo4jGraphRepository(graph_driver)
    await repository.create_constraints()
    return repository


def account_of(user_id: UserId, name: str = "HDFC Savings") -> AccountNode:
    return AccountNode(
        id=AccountId(new_uuid()),
        user_id=user_id,
        name=name,
        account_type="savings",
        institution="HDFC Bank",
        currency="INR",
    )


def goal_of(user_id: UserId) -> GoalNode:
    return GoalNode(
        id=GoalId(new_uuid()),
        user_id=user_id,
        name="घर",
        goal_type="home",
        target_amount=Money(Decimal("9999999999999.99")),
        target_date=date(2031, 3, 31),
    )


async def test_an_unknown_person_has_an_empty_subgraph(graph: GraphRepository, unique_user: UserId) -> None:
    assert await graph.subgraph(unique_user) == Subgraph()


async def test_a_person_alone_is_one_node(graph: GraphRepository, unique_user: UserId) -> None:
    await graph.upsert_user(unique_user)
    await graph.upsert_user(unique_user)
    assert await graph.subgraph(unique_user) == Subgraph((GraphNode(id=str(unique_user), kind=NodeKind.USER),))


async def test_what_a_person_holds_comes_back_exactly(graph: GraphRepository, unique_user: UserId) -> None:
    account, goal = account_of(unique_user), goal_of(unique_user)
    await graph.upsert_account(account)
    await graph.upsert_goal(goal)
    subgraph = await graph.subgraph(unique_user)
    assert subgraph.nodes == (
        GraphNode(
            id=str(account.id),
            kind=NodeKind.ACCOUNT,
            properties={
                "name": "HDFC Savings",
                "account_type": "savings",
                "institution": "HDFC Bank",
                "currency": "INR",
            },
        ),
        GraphNode(
            id=str(goal.id),
            kind=NodeKind.GOAL,
            properties={
                "name": "घर",
                "goal_type": "home",
                "target_amount": "9999999999999.99",
                "currency": "INR",
                "target_date": "2031-03-31",
            },
        ),
        GraphNode(id=str(unique_user), kind=NodeKind.USER),
    )
    assert subgraph.relations == (
        GraphRelation(str(unique_user), RelationKind.HAS_ACCOUNT, str(account.id)),
        GraphRelation(str(unique_user), RelationKind.HAS_GOAL, str(goal.id)),
    )


async def test_repeating_a_write_changes_nothing(graph: GraphRepository, unique_user: UserId) -> None:
    account, goal = account_of(unique_user), goal_of(unique_user)
    await graph.upsert_account(account)
    await graph.upsert_goal(goal)
    once = await graph.subgraph(unique_user)
    await graph.upsert_user(unique_user)
    await graph.upsert_account(account)
    await graph.upsert_goal(goal)
    assert await graph.subgraph(unique_user) == once


async def test_an_upsert_replaces_properties(graph: GraphRepository, unique_user: UserId) -> None:
    first = account_of(unique_user)
    await graph.upsert_account(first)
    await graph.upsert_account(
        AccountNode(
            id=first.id, user_id=unique_user, name="Joint", account_type="current", institution="SBI", currency="USD"
        )
    )
    account, _ = (await graph.subgraph(unique_user)).nodes
    assert account.properties == {"name": "Joint", "account_type": "current", "institution": "SBI", "currency": "USD"}


async def test_writes_of_one_key_at_once_make_one_node(graph: GraphRepository, unique_user: UserId) -> None:
    account = account_of(unique_user)
    await asyncio.gather(*(graph.upsert_account(account) for _ in range(8)))
    subgraph = await graph.subgraph(unique_user)
    assert len(subgraph.nodes) == 2
    assert len(subgraph.relations) == 1


async def test_accounts_of_one_person_added_at_once_all_stay(graph: GraphRepository, unique_user: UserId) -> None:
    accounts = [account_of(unique_user, f"Account {number}") for number in range(8)]
    await asyncio.gather(*(graph.upsert_account(account) for account in accounts))
    subgraph = await graph.subgraph(unique_user)
    held = {relation.target for relation in subgraph.relations}
    assert held == {str(account.id) for account in accounts}
    assert len(subgraph.nodes) == 9


async def test_a_removed_goal_is_gone_and_the_rest_stays(graph: GraphRepository, unique_user: UserId) -> None:
    kept, removed = goal_of(unique_user), goal_of(unique_user)
    for goal in (kept, removed):
        await graph.upsert_goal(goal)
    await graph.remove_goal(removed.id, unique_user)
    await graph.remove_goal(removed.id, unique_user)
    assert {node.id for node in (await graph.subgraph(unique_user)).nodes} == {str(kept.id), str(unique_user)}


async def test_nobody_removes_or_sees_another_persons_goal(graph: GraphRepository, unique_user: UserId) -> None:
    other = UserId(new_uuid())
    goal = goal_of(other)
    await graph.upsert_goal(goal)
    await graph.upsert_user(unique_user)
    await graph.remove_goal(goal.id, unique_user)
    assert len((await graph.subgraph(unique_user)).nodes) == 1
    assert {node.id for node in (await graph.subgraph(other)).nodes} == {str(goal.id), str(other)}


async def test_a_removed_person_leaves_nothing_behind(
    graph: GraphRepository, graph_driver: AsyncDriver, unique_user: UserId
) -> None:
    other = UserId(new_uuid())
    account, goal, others = account_of(unique_user), goal_of(unique_user), account_of(other)
    await graph.upsert_account(account)
    await graph.upsert_goal(goal)
    await graph.upsert_account(others)
    await graph.remove_user(unique_user)
    await graph.remove_user(unique_user)
    assert await graph.subgraph(unique_user) == Subgraph()
    assert len((await graph.subgraph(other)).nodes) == 2
    ids = [str(unique_user), str(account.id), str(goal.id)]
    left = await graph_driver.execute_query("MATCH (n) WHERE n.id IN $ids RETURN n.id AS id", ids=ids)
    assert left.records == []


async def test_constraints_may_be_made_again_and_keep_ids_unique(
    graph_driver: AsyncDriver, graph: GraphRepository, unique_user: UserId
) -> None:
    await Neo4jGraphRepository(graph_driver).create_constraints()
    await graph.upsert_user(unique_user)
    with pytest.raises(ConstraintError):
        await graph_driver.execute_query("CREATE (:User {id: $id})", id=str(unique_user))
