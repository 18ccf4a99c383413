"""The graph on Neo4j's driver: a Neo4j server, or the embedded engine that speaks the same protocol."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from data.graph import AsyncDriver, AsyncManagedTransaction
from services.knowledge_graph.domain.model import (
    AccountNode,
    GoalNode,
    NodeKind,
    Subgraph,
    TransactionNode,
    Version,
    holding_id,
)
from services.knowledge_graph.infrastructure import neo4j_subgraph, neo4j_transactions
from services.knowledge_graph.infrastructure.graph_session import reachable, rows_of, write
from services.knowledge_graph.infrastructure.neo4j_versions import REMEMBER_REMOVED, is_outranked
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId

_LABELS: Final = (*(kind.value for kind in NodeKind), "Removed")
# What a person is compared by is made anew when anything of the person changes.
_UPSERT_USER: Final = "MERGE (u:User {id: $owner}) SET u.owner = $owner, u.vectors = null"
_UPSERT_ACCOUNT: Final = """
MATCH (u:User {id: $owner})
MERGE (a:Account {id: $id})
SET a.owner = $owner, a.version = $version, a.name = $name, a.account_type = $account_type,
    a.institution = $institution, a.currency = $currency
MERGE (u)-[:HAS_ACCOUNT]->(a)
"""
_UPSERT_GOAL: Final = """
MATCH (u:User {id: $owner})
MERGE (g:Goal {id: $id})
SET g.owner = $owner, g.version = $version, g.name = $name, g.goal_type = $goal_type,
    g.target_amount = $target_amount, g.currency = $currency, g.target_date = $target_date
MERGE (u)-[:HAS_GOAL]->(g)
MERGE (i:Investment {id: $plan_id})
SET i.owner = $owner, i.kind = 'plan', i.amount = $target_amount, i.currency = $currency, i.due_on = $target_date
MERGE (g)-[:REQUIRES]->(i)
"""
_LINKED_GOAL: Final = """
MATCH (u:User {id: $owner})
MERGE (g:Goal {id: $id})
SET g.owner = $owner, g.links_version = $version
MERGE (u)-[:HAS_GOAL]->(g)
"""
_LINK_VERSION: Final = "MATCH (g:Goal {id: $id}) RETURN g.links_version AS version"
_LINK: Final = """
MATCH (g:Goal {id: $id})
UNWIND $links AS link
MERGE (i:Investment {id: link.id})
SET i.owner = $owner, i.kind = 'account', i.account_id = link.account_id
MERGE (g)-[:REQUIRES]->(i)
"""
_UNLINK: Final = """
MATCH (g:Goal {id: $id, owner: $owner})-[:REQUIRES]->(i:Investment {kind: 'account'})
WHERE NOT i.id IN $kept
DETACH DELETE i
"""
_REMOVE_REQUIRED: Final = "MATCH (:Goal {id: $id, owner: $owner})-[:REQUIRES]->(i:Investment) DETACH DELETE i"
_REMOVE_GOAL: Final = "MATCH (g:Goal {id: $id, owner: $owner}) DETACH DELETE g"
_BATCH: Final = 1000


class Neo4jGraphRepository:
    """`GraphRepository` on Bolt.

    Amounts are kept as decimal strings and as whole minor units, days as ISO 8601: a float holds no money. Every node
    has an `owner`, the id of its person.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create_constraints(self) -> None:
        """Make ids unique and owners quick to find; harmless when that is so. A MERGE relies on it."""
        async with reachable(), self._driver.session() as session:
            for label in _LABELS:
                name = label.lower()
                for statement in (
                    f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE",
                    f"CREATE INDEX {name}_owner IF NOT EXISTS FOR (n:{label}) ON (n.owner)",
                ):
                    await (await session.run(statement)).consume()

    async def upsert_user(self, user_id: UserId) -> None:
        """Have a node for the person."""

        async def work(transaction: AsyncManagedTransaction) -> None:
            await rows_of(transaction, _UPSERT_USER, owner=str(user_id))

        await write(self._driver, work)

    async def upsert_account(self, account: AccountNode, version: Version) -> None:
        """Have the account with these properties, held by its person."""
        parameters = {
            "id": str(account.id),
            "owner": str(account.user_id),
            "version": version,
            "name": account.name,
            "account_type": account.account_type,
            "institution": account.institution,
            "currency": account.currency,
        }
        await write(self._driver, partial(_upsert, NodeKind.ACCOUNT, _UPSERT_ACCOUNT, parameters))

    async def upsert_goal(self, goal: GoalNode, version: Version) -> None:
        """Have the goal with these properties, held by its person, and the investment that it requires."""
        parameters = {
            "id": str(goal.id),
            "owner": str(goal.user_id),
            "version": version,
            "name": goal.name,
            "goal_type": goal.goal_type,
            "target_amount": str(goal.target_amount),
            "currency": goal.target_amount.currency,
            "target_date": goal.target_date.isoformat(),
            "plan_id": str(goal.plan_id()),
        }
        await write(self._driver, partial(_upsert, NodeKind.GOAL, _UPSERT_GOAL, parameters))

    async def link_goal(
        self, goal_id: GoalId, user_id: UserId, account_ids: Sequence[AccountId], version: Version
    ) -> None:
        """Have the goal require an investment for each of these accounts, and for no others."""
        links = [
            {"id": str(holding_id(goal_id, account_id)), "account_id": str(account_id)} for account_id in account_ids
        ]
        names = {"id": str(goal_id), "owner": str(user_id)}

        async def work(transaction: AsyncManagedTransaction) -> None:
            if await is_outranked(transaction, NodeKind.GOAL, names, version, property_name="links_version"):
                return
            await rows_of(transaction, _UPSERT_USER, owner=names["owner"])
            await rows_of(transaction, _LINKED_GOAL, **names, version=version)
            await rows_of(transaction, _UNLINK, **names, kept=[link["id"] for link in links])
            await rows_of(transaction, _LINK, **names, links=links)

        await write(self._driver, work)

    async def remove_goal(self, goal_id: GoalId, user_id: UserId, version: Version) -> None:
        """Have no such goal of the person, and nothing that only it required."""
        names = {"id": str(goal_id), "owner": str(user_id)}

        async def work(transaction: AsyncManagedTransaction) -> None:
            if await is_outranked(transaction, NodeKind.GOAL, names, version):
                return
            for statement in (_UPSERT_USER, _REMOVE_REQUIRED, _REMOVE_GOAL):
                await rows_of(transaction, statement, **names)
            await rows_of(transaction, REMEMBER_REMOVED, ids=[names["id"]], owner=names["owner"], version=version)

        await write(self._driver, work)

    async def put_transactions(
        self, user_id: UserId, transactions: Sequence[TransactionNode], version: Version
    ) -> None:
        """Have these transactions, each in its account and its category."""
        for start in range(0, len(transactions), _BATCH):
            batch = transactions[start : start + _BATCH]
            await write(self._driver, partial(neo4j_transactions.put, str(user_id), batch, version))

    async def remove_transactions(
        self, user_id: UserId, transaction_ids: Sequence[TransactionId], version: Version
    ) -> None:
        """Have no such transactions of the person."""
        for start in range(0, len(transaction_ids), _BATCH):
            ids = [str(one) for one in transaction_ids[start : start + _BATCH]]
            await write(self._driver, partial(neo4j_transactions.remove, str(user_id), ids, version))

    async def remove_account(self, user_id: UserId, account_id: AccountId, version: Version) -> None:
        """Have neither the account of the person nor its transactions."""
        names = {"id": str(account_id), "owner": str(user_id)}
        while await neo4j_transactions.remove_some_of_account(self._driver, names):
            pass
        await write(self._driver, partial(neo4j_transactions.remove_account, names, version))

    async def remove_user(self, user_id: UserId) -> None:
        """Have neither the person's node nor anything that belongs to the person."""
        await self.clear(user_id)
        await self._delete("MATCH (n:Removed {owner: $owner})", owner=str(user_id))

    async def clear(self, user_id: UserId | None = None) -> None:
        """Have nothing of the person, or of anybody, but the memory of what was removed."""
        for kind in NodeKind:
            if user_id is None:
                await self._delete(f"MATCH (n:{kind})")
            else:
                await self._delete(f"MATCH (n:{kind} {{owner: $owner}})", owner=str(user_id))

    async def subgraph(self, user_id: UserId) -> Subgraph:
        """What belongs to the person, and the relations between it."""
        return await neo4j_subgraph.read_subgraph(self._driver, str(user_id))

    async def _delete(self, match: str, **parameters: str) -> None:
        """Delete what is matched as `n`, some at a time, so that no transaction grows without bound."""
        left = True

        async def work(transaction: AsyncManagedTransaction) -> None:
            nonlocal left
            found = await rows_of(transaction, f"{match} RETURN n.id AS id LIMIT {_BATCH}", **parameters)
            left = bool(found)
            ids = [row["id"] for row in found]
            await rows_of(transaction, f"{match} WHERE n.id IN $ids DETACH DELETE n", **parameters, ids=ids)

        while left:
            await write(self._driver, work)


async def _upsert(
    kind: NodeKind, statement: str, parameters: dict[str, str], transaction: AsyncManagedTransaction
) -> None:
    if await is_outranked(transaction, kind, parameters, Version(parameters["version"])):
        return
    await rows_of(transaction, _UPSERT_USER, owner=parameters["owner"])
    await rows_of(transaction, statement, **parameters)
