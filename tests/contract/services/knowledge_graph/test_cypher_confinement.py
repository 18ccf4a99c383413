"""Developers' queries see the caller's nodes only: answers are the same whether there is anybody else or not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from neo4j import AsyncDriver

from services.knowledge_graph.application.cypher.query_graph import QueryGraph, QueryGraphRequest
from services.knowledge_graph.domain.errors import CypherError, QueryTooExpensiveError
from services.knowledge_graph.domain.model import AccountNode, GoalNode, TransactionNode, version_of
from services.knowledge_graph.infrastructure.cypher.neo4j_runner import Neo4jQueryRunner
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId, new_uuid
from services.shared.domain.money import Money
from tests.support.hostile_cypher import ATTACKS, Grammar

GENERATED = 200
VERSION = version_of(datetime(2026, 11, 1, tzinfo=UTC), new_uuid())


@dataclass(frozen=True)
class Someone:
    user_id: UserId
    account: AccountNode
    goal: GoalNode
    transactions: list[TransactionNode]

    def marks(self) -> list[str]:
        """Texts by which anything of this person would be recognised."""
        own = [self.user_id, self.account.id, self.goal.id, self.goal.plan_id(), *(t.id for t in self.transactions)]
        return [*map(str, own), self.account.name, self.goal.name]


def someone(mark: str, count: int) -> Someone:
    user_id = UserId(new_uuid())
    account = AccountNode(
        id=AccountId(new_uuid()),
        user_id=user_id,
        name=f"{mark} savings",
        account_type="savings",
        institution="HDFC Bank",
        currency="INR",
    )
    goal = GoalNode(
        id=GoalId(new_uuid()),
        user_id=user_id,
        name=f"{mark} home",
        goal_type="home",
        target_amount=Money(Decimal("500000")),
        target_date=date(2031, 3, 31),
    )
    transactions = [
        TransactionNode(
            id=TransactionId(new_uuid()),
            account_id=account.id,
            amount=Money(Decimal(100 * number + count)) * (1 if number % 4 == 0 else -1),
            booked_on=date(2026, 10, 1 + number % 28),
            payee=("ACME", "Swiggy", "Blinkit")[number % 3],
            category=("salary", "dining", "groceries", "rent")[number % 4],
        )
        for number in range(count)
    ]
    return Someone(user_id, account, goal, transactions)


async def store(graph: Neo4jGraphRepository, who: Someone) -> None:
    await graph.upsert_account(who.account, VERSION)
    await graph.upsert_goal(who.goal, VERSION)
    await graph.link_goal(who.goal.id, who.user_id, [who.account.id], VERSION)
    await graph.put_transactions(who.user_id, who.transactions, VERSION)


@pytest.fixture
async def graph(graph_driver: AsyncDriver) -> Neo4jGraphRepository:
    repository = Neo4jGraphRepository(graph_driver)
    await repository.create_constraints()
    return repository


@pytest.fixture
def ask(graph_driver: AsyncDriver) -> QueryGraph:
    return QueryGraph(Neo4jQueryRunner(graph_driver, time_limit_s=30))


async def answer(ask: QueryGraph, who: Someone, text: str, other: Someone) -> list[str] | str:
    """The rows in order, or by which error the query was refused."""
    request = QueryGraphRequest(user_id=who.user_id, query=text, parameters={"other": str(other.user_id)})
    try:
        view = await ask(request)
    except (CypherError, QueryTooExpensiveError) as error:
        return type(error).__name__
    return sorted(json.dumps(row, sort_keys=True) for row in view.rows)


async def test_hundreds_of_hostile_queries_see_nobody_else(
    graph: Neo4jGraphRepository, graph_driver: AsyncDriver, ask: QueryGraph
) -> None:
    own, other = someone("Own", 8), someone("Zebra", 13)
    await store(graph, own)
    grammar = Grammar(20261125)
    queries = [grammar.query() for _ in range(GENERATED)]
    queries += [
        attack.format(other=other.user_id, other_account=other.account.id, owner=own.user_id) for attack in ATTACKS
    ]
    alone = [await answer(ask, own, text, other) for text in queries]

    await store(graph, other)
    pair = {"own": str(own.user_id), "other": str(other.user_id)}
    await graph_driver.execute_query(
        "MATCH (a:User {id: $own}) MATCH (b:User {id: $other})"
        " CREATE (a)-[:SIMILAR_TO {score: 90}]->(b) CREATE (b)-[:SIMILAR_TO {score: 90}]->(a)",
        pair,
    )
    for text, before in zip(queries, alone, strict=True):
        after = await answer(ask, own, text, other)
        assert after == before, text
        shown = json.dumps(after)
        assert not [mark for mark in other.marks() if mark in shown], text
    generated = alone[:GENERATED]
    assert sum(isinstance(result, list) for result in generated) == GENERATED
    assert sum(bool(result) for result in generated) > GENERATED / 3
    assert sum(isinstance(result, str) for result in alone[GENERATED:]) > 50
    assert await graph_driver.execute_query("MATCH (n {id: $other}) RETURN n", pair)


HARMLESS = {
    "MATCH (u:User)-[:HAS_ACCOUNT]->(a) RETURN a.name": [["Own savings"]],
    "MATCH (t:Transaction) WHERE t.amount_minor < 0 RETURN count(*), sum(t.amount_minor)": [[6, -244800]],
    "MATCH (t:Transaction)-[:CATEGORIZED_AS]->(c {name: 'dining'}) RETURN c.name AS name, count(t) AS n": [
        ["dining", 2]
    ],
    "MATCH (g:Goal)-[:REQUIRES]->(i:Investment {kind: 'account'}) RETURN g.name, i.account_id IS NULL": [
        ["Own home", False]
    ],
    "MATCH (t:Transaction) WITH t.category AS c, count(*) AS n WHERE n > 1 RETURN c ORDER BY c DESC SKIP 1 LIMIT 2": [
        ["rent"],
        ["groceries"],
    ],
    "MATCH p = (u:User)-[:HAS_ACCOUNT|BELONGS_TO*1..2]-(t:Transaction) RETURN count(p), max(length(p))": [[8, 2]],
    "MATCH (t:Transaction) WHERE t.payee = $payee RETURN count(t)": [[3]],
    "MATCH (a:Account) OPTIONAL MATCH (a)<-[:BELONGS_TO]-(t {payee: 'Nobody'}) RETURN a.name, t": [
        ["Own savings", None]
    ],
    "MATCH (t:Transaction) RETURN CASE WHEN t.amount_minor > 0 THEN 'in' ELSE 'out' END AS w, count(*) ORDER BY w": [
        ["in", 2],
        ["out", 6],
    ],
    "MATCH (a:Account) WHERE EXISTS { (a)<-[:BELONGS_TO]-(t) WHERE t.amount_minor > 0 } RETURN count(a)": [[1]],
    "MATCH (t:Transaction) RETURN min(t.amount_minor) / 100 + 1, 7 % 4": [[-707, 3]],
    "MATCH (n) RETURN DISTINCT head(labels(n)) AS label ORDER BY label": [
        ["Account"],
        ["Category"],
        ["Goal"],
        ["Investment"],
        ["Transaction"],
        ["User"],
    ],
}


@pytest.mark.parametrize("text", HARMLESS)
async def test_harmless_queries_work(graph: Neo4jGraphRepository, ask: QueryGraph, text: str) -> None:
    own = someone("Own", 8)
    await store(graph, own)
    view = await ask(QueryGraphRequest(user_id=own.user_id, query=text, parameters={"payee": "ACME"}))
    assert view.rows == HARMLESS[text]
    assert not view.truncated


async def test_nodes_relations_and_paths_are_objects(graph: Neo4jGraphRepository, ask: QueryGraph) -> None:
    own = someone("Own", 1)
    await store(graph, own)
    view = await ask(
        QueryGraphRequest(
            user_id=own.user_id, query="MATCH p = (u:User)-[r:HAS_GOAL]->(g) RETURN u, r, p, nodes(p) AS all_of_them"
        )
    )
    user: dict[str, object] = {"id": str(own.user_id), "kind": "User", "properties": {}}
    goal = {
        "id": str(own.goal.id),
        "kind": "Goal",
        "properties": {
            "name": "Own home",
            "goal_type": "home",
            "target_amount": "500000.00",
            "currency": "INR",
            "target_date": "2031-03-31",
        },
    }
    assert view.columns == ("u", "r", "p", "all_of_them")
    ((shown, relation, path, nodes),) = view.rows
    assert shown == user
    assert isinstance(relation, dict)
    assert relation["kind"] == "HAS_GOAL"
    assert isinstance(path, dict)
    assert path["nodes"] == nodes == [user, goal]


async def test_rows_and_time_are_bounded(graph: Neo4jGraphRepository, graph_driver: AsyncDriver) -> None:
    ask = QueryGraph(Neo4jQueryRunner(graph_driver, time_limit_s=1))
    own = someone("Own", 90)
    await store(graph, own)
    patient = QueryGraph(Neo4jQueryRunner(graph_driver, time_limit_s=30))
    request = QueryGraphRequest(
        user_id=own.user_id, query="MATCH (a:Account)--(t)--(b) MATCH (b)--(s) RETURN t.id, s.id"
    )
    view = await patient(request)
    assert len(view.rows) == 1000
    assert view.truncated
    many = "MATCH (a:Transaction)-[:BELONGS_TO]->(x)<-[:BELONGS_TO]-(b:Transaction) MATCH (x)<--(c:Transaction)"
    endless = (
        f"{many} MATCH (x)<--(d:Transaction) MATCH (x)<--(e:Transaction) RETURN max(a.id + b.amount_minor), count(*)"
    )
    with pytest.raises((QueryTooExpensiveError, CypherError)):
        await ask(QueryGraphRequest(user_id=own.user_id, query=endless + ", collect(e), collect(d)"))
    assert (await ask(QueryGraphRequest(user_id=own.user_id, query="RETURN 1 AS one"))).rows == [[1]]
