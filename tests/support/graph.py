"""Everything that the graph holds of people, to compare two graphs by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neo4j import AsyncDriver

from services.shared.domain.ids import UserId

_NOT_COMPARED = {"version", "links_version"}


async def dump(driver: AsyncDriver, users: Sequence[UserId]) -> tuple[list[Any], list[Any]]:
    """All nodes with labels and properties, all relations with theirs, in order; versions are left out."""
    owners = [str(user) for user in users]
    nodes = await driver.execute_query(
        "MATCH (n) WHERE n.owner IN $owners AND NOT 'Removed' IN labels(n)"
        " RETURN labels(n) AS labels, properties(n) AS properties",
        owners=owners,
    )
    relations = await driver.execute_query(
        "MATCH (s)-[r]->(t) WHERE s.owner IN $owners"
        " RETURN s.id AS source, type(r) AS kind, properties(r) AS properties, t.id AS target",
        owners=owners,
    )
    told = [
        (row["properties"]["id"], row["labels"], sorted(_compared(row["properties"]).items())) for row in nodes.records
    ]
    linked = [
        (row["source"], row["kind"], row["target"], sorted(row["properties"].items())) for row in relations.records
    ]
    return sorted(told, key=str), sorted(linked, key=str)


def _compared(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in _NOT_COMPARED and value is not None}
