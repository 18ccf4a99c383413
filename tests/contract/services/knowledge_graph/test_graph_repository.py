"""What every `GraphRepository` must do: on the embedded graph, and by NIVESH_TEST_NEO4J_URL on a Neo4j server."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
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
    TransactionNode,
    version_of,
)
from services.knowledge_graph.domain.repositories import GraphRepository
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId, new_uuid
from services.shared.domain.money import Money
from tests.support.graph import dump

FIRST = version_of(datetime(2026, 11, 1, tzinfo=UTC), new_uuid())
SECOND = version_of(datetime(2026, 11, 2, tzinfo=UTC), new_uuid())
THIRD = version_of(datetime(2026, 11, 3, tzinfo=UTC), new_uuid())


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


def paid(account: AccountNode, amount: str, category: str = "dining", payee: str = "Swiggy") -> TransactionNode:
    return TransactionNode(
        id=TransactionId(new_uuid()),
        account_id=account.id,
        amount=Money(Decimal(amount)),
        booked_on=date(2026, 10, 5),
        payee=payee,
        category=category,
    )


async def categories_of(driver: AsyncDriver, user_id: UserId) -> dict[str, int]:
    """How many transactions each category has."""
    found = await driver.execute_query(
        "MATCH (c:Category {owner: $owner}) OPTIONAL MATCH (c)<-[:CATEGORIZED_AS]-(t)"
        " RETURN c.name AS name, count(t) AS count",
        owner=str(user_id),
    )
    return {row["name"]: row["count"] for row in found.records}


async def test_an_unknown_person_has_an_empty_subgraph(graph: GraphRepository, unique_user: UserId) -> None:
    assert await graph.subgraph(unique_user) == Subgraph()


async def test_a_person_alone_is_one_node(graph: GraphRepository, unique_user: UserId) -> None:
    await graph.upsert_user(unique_user)
    await graph.upsert_user(unique_user)
    assert await graph.subgraph(unique_user) == Subgraph((GraphNode(id=str(unique_user), kind=NodeKind.USER),))


async def test_what_a_person_holds_comes_back_exactly(graph: GraphRepository, unique_user: UserId) -> None:
    account, goal = account_of(unique_user), goal_of(unique_user)
    await graph.upsert_account(account, FIRST)
    await graph.upsert_goal(goal, FIRST)
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
        GraphNode(
            id=str(goal.plan_id()),
            kind=NodeKind.INVESTMENT,
            properties={"kind": "plan", "amount": "9999999999999.99", "currency": "INR", "due_on": "2031-03-31"},
        ),
        GraphNode(id=str(unique_user), kind=NodeKind.USER),
    )
    assert set(subgraph.relations) == {
        GraphRelation(str(unique_user), RelationKind.HAS_ACCOUNT, str(account.id)),
        GraphRelation(str(unique_user), RelationKind.HAS_GOAL, str(goal.id)),
        GraphRelation(str(goal.id), RelationKind.REQUIRES, str(goal.plan_id())),
    }


async def test_repeating_a_write_changes_nothing(graph: GraphRepository, unique_user: UserId) -> None:
    account, goal = account_of(unique_user), goal_of(unique_user)
    await graph.upsert_account(account, FIRST)
    await graph.upsert_goal(goal, FIRST)
    once = await graph.subgraph(unique_user)
    await graph.upsert_user(unique_user)
    await graph.upsert_account(account, FIRST)
    await graph.upsert_goal(goal, FIRST)
    assert await graph.subgraph(unique_user) == once


async def test_an_upsert_replaces_properties(graph: GraphRepository, unique_user: UserId) -> None:
    first = account_of(unique_user)
    await graph.upsert_account(first, FIRST)
    await graph.upsert_account(
        AccountNode(
            id=first.id, user_id=unique_user, name="Joint", account_type="current", institution="SBI", currency="USD"
        ),
        SECOND,
    )
    account, _ = (await graph.subgraph(unique_user)).nodes
    assert account.properties == {"name": "Joint", "account_type": "current", "institution": "SBI", "currency": "USD"}


async def test_writes_of_one_key_at_once_make_one_node(graph: GraphRepository, unique_user: UserId) -> None:
    account = account_of(unique_user)
    await asyncio.gather(*(graph.upsert_account(account, FIRST) for _ in range(8)))
    subgraph = await graph.subgraph(unique_user)
    assert len(subgraph.nodes) == 2
    assert len(subgraph.relations) == 1


async def test_accounts_of_one_person_added_at_once_all_stay(graph: GraphRepository, unique_user: UserId) -> None:
    accounts = [account_of(unique_user, f"Account {number}") for number in range(8)]
    await asyncio.gather(*(graph.upsert_account(account, FIRST) for account in accounts))
    subgraph = await graph.subgraph(unique_user)
    held = {relation.target for relation in subgraph.relations}
    assert held == {str(account.id) for account in accounts}
    assert len(subgraph.nodes) == 9


async def test_a_removed_goal_is_gone_and_the_rest_stays(graph: GraphRepository, unique_user: UserId) -> None:
    kept, removed = goal_of(unique_user), goal_of(unique_user)
    for goal in (kept, removed):
        await graph.upsert_goal(goal, FIRST)
    await graph.remove_goal(removed.id, unique_user, SECOND)
    await graph.remove_goal(removed.id, unique_user, SECOND)
    left = {str(kept.id), str(kept.plan_id()), str(unique_user)}
    assert {node.id for node in (await graph.subgraph(unique_user)).nodes} == left


async def test_nobody_removes_or_sees_another_persons_goal(graph: GraphRepository, unique_user: UserId) -> None:
    other = UserId(new_uuid())
    goal = goal_of(other)
    await graph.upsert_goal(goal, FIRST)
    await graph.upsert_user(unique_user)
    await graph.remove_goal(goal.id, unique_user, SECOND)
    assert len((await graph.subgraph(unique_user)).nodes) == 1
    left = {str(goal.id), str(goal.plan_id()), str(other)}
    assert {node.id for node in (await graph.subgraph(other)).nodes} == left


async def test_a_removed_person_leaves_nothing_behind(
    graph: GraphRepository, graph_driver: AsyncDriver, unique_user: UserId
) -> None:
    other = UserId(new_uuid())
    account, goal, others = account_of(unique_user), goal_of(unique_user), account_of(other)
    await graph.upsert_account(account, FIRST)
    await graph.upsert_goal(goal, FIRST)
    await graph.upsert_account(others, FIRST)
    await graph.put_transactions(unique_user, [paid(account, "-5.00")], FIRST)
    await graph.remove_user(unique_user)
    await graph.remove_user(unique_user)
    assert await graph.subgraph(unique_user) == Subgraph()
    assert len((await graph.subgraph(other)).nodes) == 2
    ids = [str(unique_user), str(account.id), str(goal.id)]
    left = await graph_driver.execute_query(
        "MATCH (n) WHERE n.id IN $ids OR n.owner = $owner RETURN n.id AS id", ids=ids, owner=str(unique_user)
    )
    assert left.records == []


async def test_constraints_may_be_made_again_and_keep_ids_unique(
    graph_driver: AsyncDriver, graph: GraphRepository, unique_user: UserId
) -> None:
    await Neo4jGraphRepository(graph_driver).create_constraints()
    await graph.upsert_user(unique_user)
    with pytest.raises(ConstraintError):
        await graph_driver.execute_query("CREATE (:User {id: $id})", id=str(unique_user))


async def test_transactions_belong_to_their_account_and_category(
    graph: GraphRepository, graph_driver: AsyncDriver, unique_user: UserId
) -> None:
    account = account_of(unique_user)
    pair = paid(account, "-500.00", "transfer")
    leg = TransactionNode(
        id=TransactionId(new_uuid()),
        account_id=AccountId(new_uuid()),
        amount=Money(Decimal("500.00")),
        booked_on=date(2026, 10, 5),
        payee="Self",
        category="transfer",
        pair=pair.id,
    )
    await graph.put_transactions(unique_user, [paid(account, "-0.07"), leg, pair], FIRST)
    await graph.upsert_account(account, FIRST)
    subgraph = await graph.subgraph(unique_user)
    assert subgraph.transactions == 3
    assert await categories_of(graph_driver, unique_user) == {"dining": 1, "transfer": 2}
    found = await graph_driver.execute_query(
        "MATCH (a:Account {id: $id})<-[:BELONGS_TO]-(t:Transaction)-[:CATEGORIZED_AS]->(c:Category {name: 'dining'})"
        " RETURN properties(t) AS properties",
        id=str(account.id),
    )
    (properties,) = (row["properties"] for row in found.records)
    assert properties["amount"] == "-0.07"
    assert properties["amount_minor"] == -7
    assert properties["owner"] == str(unique_user)
    other_account = next(node for node in subgraph.nodes if node.id == str(leg.account_id))
    assert other_account.kind is NodeKind.ACCOUNT


async def test_a_transaction_moves_between_categories_and_leaves_no_empty_one(
    graph: GraphRepository, graph_driver: AsyncDriver, unique_user: UserId
) -> None:
    account = account_of(unique_user)
    first, second = paid(account, "-10.00"), paid(account, "-20.00")
    await graph.put_transactions(unique_user, [first, second], FIRST)
    moved = [replace(first, category="rent"), replace(second, category="rent")]
    await graph.put_transactions(unique_user, moved, SECOND)
    assert await categories_of(graph_driver, unique_user) == {"rent": 2}
    await graph.put_transactions(unique_user, [first, second], FIRST)
    assert await categories_of(graph_driver, unique_user) == {"rent": 2}


async def test_a_transaction_moves_between_accounts(
    graph: GraphRepository, graph_driver: AsyncDriver, unique_user: UserId
) -> None:
    one, other = account_of(unique_user, "One"), account_of(unique_user, "Other")
    bought = paid(one, "-10.00")
    await graph.put_transactions(unique_user, [bought], FIRST)
    await graph.put_transactions(unique_user, [replace(bought, account_id=other.id)], SECOND)
    _, relations = await dump(graph_driver, [unique_user])
    assert [target for _, kind, target, _ in relations if kind == "BELONGS_TO"] == [str(other.id)]


async def test_what_was_removed_does_not_come_back(
    graph: GraphRepository, graph_driver: AsyncDriver, unique_user: UserId
) -> None:
    account, goal = account_of(unique_user), goal_of(unique_user)
    bought = paid(account, "-10.00")
    await graph.remove_goal(goal.id, unique_user, SECOND)
    await graph.remove_transactions(unique_user, [bought.id], SECOND)
    await graph.upsert_goal(goal, FIRST)
    await graph.put_transactions(unique_user, [bought], FIRST)
    subgraph = await graph.subgraph(unique_user)
    assert subgraph.transactions == 0
    assert [node for node in subgraph.nodes if node.kind is not NodeKind.USER] == []
    await graph.put_transactions(unique_user, [bought], THIRD)
    assert (await graph.subgraph(unique_user)).transactions == 1
    await graph.remove_account(unique_user, account.id, THIRD)
    await graph.upsert_account(account, SECOND)
    assert await dump(graph_driver, [unique_user]) == (
        [(str(unique_user), ["User"], [("id", str(unique_user)), ("owner", str(unique_user))])],
        [],
    )


async def test_a_goal_is_linked_to_the_accounts_of_the_newest_word(graph: GraphRepository, unique_user: UserId) -> None:
    goal, one, other = goal_of(unique_user), account_of(unique_user, "One"), account_of(unique_user, "Other")
    await graph.link_goal(goal.id, unique_user, [one.id, other.id], SECOND)
    await graph.upsert_goal(goal, FIRST)
    await graph.link_goal(goal.id, unique_user, [one.id], FIRST)

    async def linked() -> set[object]:
        nodes = (await graph.subgraph(unique_user)).nodes
        return {node.properties.get("account_id") for node in nodes if node.kind is NodeKind.INVESTMENT}

    assert await linked() == {None, str(one.id), str(other.id)}
    await graph.link_goal(goal.id, unique_user, [other.id], THIRD)
    assert await linked() == {None, str(other.id)}
    await graph.link_goal(goal.id, unique_user, [], THIRD)
    assert await linked() == {None}


async def test_no_write_touches_what_is_another_persons(
    graph: GraphRepository, graph_driver: AsyncDriver, unique_user: UserId
) -> None:
    other = UserId(new_uuid())
    account, goal = account_of(other), goal_of(other)
    bought = paid(account, "-10.00")
    await graph.upsert_account(account, FIRST)
    await graph.upsert_goal(goal, FIRST)
    await graph.put_transactions(other, [bought], FIRST)
    before = await dump(graph_driver, [other])
    await graph.upsert_account(replace(account, user_id=unique_user, name="Mine"), SECOND)
    await graph.upsert_goal(replace(goal, user_id=unique_user, name="Mine"), SECOND)
    await graph.link_goal(goal.id, unique_user, [account.id], SECOND)
    await graph.put_transactions(unique_user, [replace(bought, category="rent")], SECOND)
    await graph.remove_transactions(unique_user, [bought.id], SECOND)
    await graph.remove_account(unique_user, account.id, SECOND)
    assert await dump(graph_driver, [other]) == before


async def test_one_batch_written_at_once_by_several_is_written_once(
    graph: GraphRepository, unique_user: UserId
) -> None:
    account = account_of(unique_user)
    batch = [paid(account, "-1.00") for _ in range(50)]
    await asyncio.gather(*(graph.put_transactions(unique_user, batch, FIRST) for _ in range(4)))
    assert (await graph.subgraph(unique_user)).transactions == 50
