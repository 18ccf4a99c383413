"""The graph on Neo4j's driver: a Neo4j server, or the embedded engine that speaks the same protocol."""

from __future__ import annotations

from typing import Any, Final, LiteralString

from data.graph import AsyncDriver, AsyncManagedTransaction
from services.knowledge_graph.domain.model import (
    AccountNode,
    GoalNode,
    GraphNode,
    GraphRelation,
    NodeKind,
    RelationKind,
    Subgraph,
)
from services.knowledge_graph.infrastructure.graph_session import reachable, write
from services.shared.domain.ids import GoalId, UserId

_CONSTRAINTS: Final[tuple[LiteralString, ...]] = (
    "CREATE CONSTRAINT user_id IF NOT EXISTS FOR (n:User) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT account_id IF NOT EXISTS FOR (n:Account) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT goal_id IF NOT EXISTS FOR (n:Goal) REQUIRE n.id IS UNIQUE",
)
_UPSERT_USER: Final = "MERGE (u:User {id: $user_id})"
_UPSERT_ACCOUNT: Final = """
MERGE (u:User {id: $user_id})
MERGE (a:Account {id: $id})
SET a.name = $name, a.account_type = $account_type, a.institution = $institution, a.currency = $currency
MERGE (u)-[:HAS_ACCOUNT]->(a)
"""
_UPSERT_GOAL: Final = """
MERGE (u:User {id: $user_id})
MERGE (g:Goal {id: $id})
SET g.name = $name, g.goal_type = $goal_type, g.target_amount = $target_amount, g.currency = $currency,
    g.target_date = $target_date
MERGE (u)-[:HAS_GOAL]->(g)
"""
_REMOVE_GOAL: Final = "MATCH (:User {id: $user_id})-[:HAS_GOAL]->(g:Goal {id: $id}) DETACH DELETE g"
_REMOVE_HOLDINGS: Final = "MATCH (:User {id: $user_id})-[:HAS_ACCOUNT|HAS_GOAL]->(n) DETACH DELETE n"
_REMOVE_USER: Final = "MATCH (u:User {id: $user_id}) DETACH DELETE u"
_READ_USER: Final = "MATCH (u:User {id: $user_id}) RETURN u.id AS id"
_READ_HOLDINGS: Final = """
MATCH (:User {id: $user_id})-[r:HAS_ACCOUNT|HAS_GOAL]->(n)
RETURN type(r) AS relation, properties(n) AS properties
"""
_KIND_BEHIND: Final = {RelationKind.HAS_ACCOUNT: NodeKind.ACCOUNT, RelationKind.HAS_GOAL: NodeKind.GOAL}


class Neo4jGraphRepository:
    """`GraphRepository` on Bolt. Amounts are kept as decimal strings and days as ISO 8601: a float holds no money."""

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create_constraints(self) -> None:
        """Make ids unique; harmless when that is so. A MERGE relies on it."""
        async with reachable(), self._driver.session() as session:
            for statement in _CONSTRAINTS:
                await (await session.run(statement)).consume()

    async def upsert_user(self, user_id: UserId) -> None:
        """Have a node for the person."""
        await write(self._driver, (_UPSERT_USER,), {"user_id": str(user_id)})

    async def upsert_account(self, account: AccountNode) -> None:
        """Have the account with these properties, held by its person."""
        parameters = {
            "user_id": str(account.user_id),
            "id": str(account.id),
            "name": account.name,
            "account_type": account.account_type,
            "institution": account.institution,
            "currency": account.currency,
        }
        await write(self._driver, (_UPSERT_ACCOUNT,), parameters)

    async def upsert_goal(self, goal: GoalNode) -> None:
        """Have the goal with these properties, held by its person."""
        parameters = {
            "user_id": str(goal.user_id),
            "id": str(goal.id),
            "name": goal.name,
            "goal_type": goal.goal_type,
            "target_amount": str(goal.target_amount),
            "currency": goal.target_amount.currency,
            "target_date": goal.target_date.isoformat(),
        }
        await write(self._driver, (_UPSERT_GOAL,), parameters)

    async def remove_goal(self, goal_id: GoalId, user_id: UserId) -> None:
        """Have no such goal of the person."""
        await write(self._driver, (_REMOVE_GOAL,), {"user_id": str(user_id), "id": str(goal_id)})

    async def remove_user(self, user_id: UserId) -> None:
        """Have neither the person's node nor anything the person holds."""
        await write(self._driver, (_REMOVE_HOLDINGS, _REMOVE_USER), {"user_id": str(user_id)})

    async def subgraph(self, user_id: UserId) -> Subgraph:
        """The person's node, what the person holds, and the relations between them."""
        async with reachable(), self._driver.session() as session:
            rows = await session.execute_read(_read, str(user_id))
        return _to_subgraph(str(user_id), rows) if rows is not None else Subgraph()


async def _read(transaction: AsyncManagedTransaction, user_id: str) -> list[dict[str, Any]] | None:
    """The person's holdings as rows; None when the person has no node."""
    person = await transaction.run(_READ_USER, user_id=user_id)
    if await person.single() is None:
        return None
    return await (await transaction.run(_READ_HOLDINGS, user_id=user_id)).data()


def _to_subgraph(user_id: str, rows: list[dict[str, Any]]) -> Subgraph:
    nodes = [GraphNode(id=user_id, kind=NodeKind.USER)]
    relations = []
    for row in rows:
        relation = RelationKind(row["relation"])
        properties = dict(row["properties"])
        node_id = properties.pop("id")
        nodes.append(GraphNode(id=node_id, kind=_KIND_BEHIND[relation], properties=properties))
        relations.append(GraphRelation(user_id, relation, node_id))
    return Subgraph(tuple(sorted(nodes, key=lambda node: (node.kind, node.id))), tuple(sorted(relations)))
