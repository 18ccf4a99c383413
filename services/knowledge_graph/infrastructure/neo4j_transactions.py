"""Transactions in the graph: written by the hundred, each only when it is not outranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from data.graph import AsyncDriver, AsyncManagedTransaction
from services.knowledge_graph.domain.model import TransactionNode, Version, category_id, to_minor
from services.knowledge_graph.infrastructure.graph_session import rows_of, write
from services.knowledge_graph.infrastructure.neo4j_versions import REMEMBER_REMOVED

_KNOWN: Final = """
UNWIND $ids AS id
MATCH (t:Transaction {id: id})
RETURN t.id AS id, t.owner AS owner, t.version AS version, t.category AS category, t.account_id AS account_id
"""
_REMOVED: Final = "UNWIND $ids AS id MATCH (d:Removed {id: id}) RETURN d.id AS id, d.version AS version"
_PREPARE_USER: Final = "MERGE (u:User {id: $owner}) SET u.owner = $owner, u.vectors = null"
_PREPARE_ACCOUNTS: Final = """
MATCH (u:User {id: $owner})
UNWIND $ids AS id
MERGE (a:Account {id: id}) ON CREATE SET a.owner = $owner
WITH u, a WHERE a.owner = $owner
MERGE (u)-[:HAS_ACCOUNT]->(a)
"""
_PREPARE_CATEGORIES: Final = """
UNWIND $categories AS category
MERGE (c:Category {id: category.id})
SET c.owner = $owner, c.name = category.name
"""
_CREATE: Final = """
UNWIND $rows AS row
MATCH (a:Account {id: row.properties.account_id, owner: row.properties.owner})
MATCH (c:Category {id: row.category_id})
CREATE (t:Transaction {id: row.id})
SET t += row.properties
CREATE (t)-[:BELONGS_TO]->(a)
CREATE (t)-[:CATEGORIZED_AS]->(c)
"""
_UPDATE: Final = "UNWIND $rows AS row MATCH (t:Transaction {id: row.id}) SET t += row.properties"
_LEAVE_CATEGORY: Final = "UNWIND $ids AS id MATCH (:Transaction {id: id})-[r:CATEGORIZED_AS]->() DELETE r"
_ENTER_CATEGORY: Final = """
UNWIND $rows AS row
MATCH (t:Transaction {id: row.id})
MATCH (c:Category {id: row.category_id})
CREATE (t)-[:CATEGORIZED_AS]->(c)
"""
_LEAVE_ACCOUNT: Final = "UNWIND $ids AS id MATCH (:Transaction {id: id})-[r:BELONGS_TO]->() DELETE r"
_ENTER_ACCOUNT: Final = """
UNWIND $rows AS row
MATCH (t:Transaction {id: row.id})
MATCH (a:Account {id: row.properties.account_id, owner: row.properties.owner})
CREATE (t)-[:BELONGS_TO]->(a)
"""
_EMPTY_CATEGORIES: Final = """
MATCH (c:Category {owner: $owner})
WHERE NOT EXISTS { (c)<-[:CATEGORIZED_AS]-() }
DETACH DELETE c
"""
_DELETE: Final = "UNWIND $ids AS id MATCH (t:Transaction {id: id, owner: $owner}) DETACH DELETE t"
_SOME_OF_ACCOUNT: Final = """
MATCH (:Account {id: $id, owner: $owner})<-[:BELONGS_TO]-(t:Transaction)
WITH t LIMIT 1000
DETACH DELETE t
RETURN count(t) AS deleted
"""
_DELETE_ACCOUNT: Final = "MATCH (a:Account {id: $id, owner: $owner}) DETACH DELETE a"


async def put(
    owner: str, transactions: Sequence[TransactionNode], version: Version, transaction: AsyncManagedTransaction
) -> None:
    """Write one batch inside a transaction of the graph."""
    rows = [_row(owner, node, version) for node in {node.id: node for node in transactions}.values()]
    known = {row["id"]: row for row in await _rows_by_id(transaction, _KNOWN, rows)}
    removed = {row["id"]: row["version"] for row in await _rows_by_id(transaction, _REMOVED, rows)}
    due = [row for row in rows if _is_due(row, known.get(row["id"]), removed.get(row["id"]), owner, version)]
    if not due:
        return
    await _prepare(transaction, owner, due)
    new = [row for row in due if row["id"] not in known]
    if new:
        await rows_of(transaction, _CREATE, rows=new)
    changed = [row for row in due if row["id"] in known]
    if changed:
        await _change(transaction, owner, changed, known)


async def remove(owner: str, ids: Sequence[str], version: Version, transaction: AsyncManagedTransaction) -> None:
    """Delete one batch inside a transaction of the graph, but what is newer."""
    known = await rows_of(transaction, _KNOWN, ids=list(ids))
    newer = {row["id"] for row in known if row["owner"] != owner or (row["version"] or "") > version}
    removed = await rows_of(transaction, _REMOVED, ids=list(ids))
    newer |= {row["id"] for row in removed if row["version"] > version}
    due = [one for one in ids if one not in newer]
    await rows_of(transaction, _PREPARE_USER, owner=owner)
    await rows_of(transaction, _DELETE, ids=due, owner=owner)
    await rows_of(transaction, REMEMBER_REMOVED, ids=due, owner=owner, version=version)
    await rows_of(transaction, _EMPTY_CATEGORIES, owner=owner)


async def remove_some_of_account(driver: AsyncDriver, names: dict[str, str]) -> int:
    """Delete a thousand transactions of an account; how many there were."""
    deleted = 0

    async def work(transaction: AsyncManagedTransaction) -> None:
        nonlocal deleted
        deleted = (await rows_of(transaction, _SOME_OF_ACCOUNT, **names))[0]["deleted"]

    await write(driver, work)
    return deleted


async def remove_account(names: dict[str, str], version: Version, transaction: AsyncManagedTransaction) -> None:
    """Delete an account that has no transactions any more, and the categories that are empty without them."""
    await rows_of(transaction, _PREPARE_USER, owner=names["owner"])
    await rows_of(transaction, _DELETE_ACCOUNT, **names)
    await rows_of(transaction, REMEMBER_REMOVED, ids=[names["id"]], owner=names["owner"], version=version)
    await rows_of(transaction, _EMPTY_CATEGORIES, owner=names["owner"])


async def _change(
    transaction: AsyncManagedTransaction, owner: str, changed: list[dict[str, Any]], known: dict[str, dict[str, Any]]
) -> None:
    await rows_of(transaction, _UPDATE, rows=changed)
    for name, leave, enter in (
        ("category", _LEAVE_CATEGORY, _ENTER_CATEGORY),
        ("account_id", _LEAVE_ACCOUNT, _ENTER_ACCOUNT),
    ):
        moved = [row for row in changed if row["properties"][name] != known[row["id"]][name]]
        if moved:
            await rows_of(transaction, leave, ids=[row["id"] for row in moved])
            await rows_of(transaction, enter, rows=moved)
    await rows_of(transaction, _EMPTY_CATEGORIES, owner=owner)


async def _prepare(transaction: AsyncManagedTransaction, owner: str, due: list[dict[str, Any]]) -> None:
    """Have the person, the accounts and the categories that the rows name."""
    await rows_of(transaction, _PREPARE_USER, owner=owner)
    accounts = sorted({row["properties"]["account_id"] for row in due})
    await rows_of(transaction, _PREPARE_ACCOUNTS, owner=owner, ids=accounts)
    categories = {row["category_id"]: row["properties"]["category"] for row in due}
    wanted = [{"id": key, "name": name} for key, name in sorted(categories.items())]
    await rows_of(transaction, _PREPARE_CATEGORIES, owner=owner, categories=wanted)


async def _rows_by_id(
    transaction: AsyncManagedTransaction, statement: str, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    return await rows_of(transaction, statement, ids=[row["id"] for row in rows])


def _is_due(
    row: dict[str, Any], known: dict[str, Any] | None, removed: str | None, owner: str, version: Version
) -> bool:
    if known is not None and (known["owner"] != owner or (known["version"] or "") > version):
        return False
    return removed is None or removed <= version


def _row(owner: str, node: TransactionNode, version: Version) -> dict[str, Any]:
    properties = {
        "owner": owner,
        "version": version,
        "account_id": str(node.account_id),
        "amount": str(node.amount),
        "amount_minor": to_minor(node.amount),
        "currency": node.amount.currency,
        "booked_on": node.booked_on.isoformat(),
        "payee": node.payee,
        "category": node.category,
        "pair": None if node.pair is None else str(node.pair),
    }
    return {"id": str(node.id), "category_id": category_id(owner, node.category), "properties": properties}
