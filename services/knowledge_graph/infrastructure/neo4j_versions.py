"""Whether a write comes too late: what is newer stands, what was removed stays removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from data.graph import AsyncManagedTransaction
from services.knowledge_graph.domain.model import NodeKind, Version
from services.knowledge_graph.infrastructure.graph_session import rows_of

REMEMBER_REMOVED: Final = """
UNWIND $ids AS id
MERGE (d:Removed {id: id})
SET d.owner = $owner, d.version = $version
"""
_REMOVED: Final = "MATCH (d:Removed {id: $id}) RETURN d.version AS version"


async def is_outranked(
    transaction: AsyncManagedTransaction,
    kind: NodeKind,
    names: Mapping[str, str],
    version: Version,
    property_name: str = "version",
) -> bool:
    """Whether the node `names["id"]` has a newer version, was removed later, or belongs to another person."""
    match = f"MATCH (n:{kind} {{id: $id}}) RETURN n.owner AS owner, n.{property_name} AS version"
    for row in await rows_of(transaction, match, id=names["id"]):
        if row["owner"] != names["owner"] or (row["version"] or "") > version:
            return True
    removed = await rows_of(transaction, _REMOVED, id=names["id"])
    return any(row["version"] > version for row in removed)
