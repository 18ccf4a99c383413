"""Reading one person's part of the graph."""

from __future__ import annotations

from typing import Any, Final

from data.graph import AsyncDriver
from services.knowledge_graph.domain.model import GraphNode, GraphRelation, NodeKind, RelationKind, Subgraph
from services.knowledge_graph.infrastructure.graph_session import Rows, read

HIDDEN: Final = frozenset({"owner", "version", "links_version", "vectors"})
"""Properties that only this context uses."""

_LISTED: Final = (NodeKind.USER, NodeKind.ACCOUNT, NodeKind.GOAL, NodeKind.CATEGORY, NodeKind.INVESTMENT)
_RELATIONS: Final = (
    "MATCH (s:User {owner: $owner})-[r:HAS_ACCOUNT]->(t:Account {owner: $owner})",
    "MATCH (s:User {owner: $owner})-[r:HAS_GOAL]->(t:Goal {owner: $owner})",
    "MATCH (s:Goal {owner: $owner})-[r:REQUIRES]->(t:Investment {owner: $owner})",
)
_LIMIT: Final = 1000


async def read_subgraph(driver: AsyncDriver, owner: str) -> Subgraph:
    """All nodes but transactions, at most 1,000 of each kind, and the relations between them."""
    nodes: list[GraphNode] = []
    for kind in _LISTED:
        match = f"MATCH (n:{kind} {{owner: $owner}}) RETURN properties(n) AS properties ORDER BY n.id LIMIT {_LIMIT}"
        nodes += [_node(kind, row["properties"]) for row in await read(driver, match, owner=owner)]
    relations: list[GraphRelation] = []
    for match in _RELATIONS:
        query = f"{match} RETURN s.id AS source, type(r) AS kind, t.id AS target LIMIT {3 * _LIMIT}"
        relations += [_relation(row) for row in await read(driver, query, owner=owner)]
    counted: Rows = await read(driver, "MATCH (n:Transaction {owner: $owner}) RETURN count(n) AS count", owner=owner)
    ordered = tuple(sorted(nodes, key=lambda node: (node.kind, node.id)))
    return Subgraph(ordered, tuple(sorted(relations)), counted[0]["count"])


def _node(kind: NodeKind, properties: dict[str, Any]) -> GraphNode:
    shown = {name: value for name, value in properties.items() if name not in HIDDEN and value is not None}
    return GraphNode(id=shown.pop("id"), kind=kind, properties=shown)


def _relation(row: dict[str, Any]) -> GraphRelation:
    return GraphRelation(row["source"], RelationKind(row["kind"]), row["target"])
