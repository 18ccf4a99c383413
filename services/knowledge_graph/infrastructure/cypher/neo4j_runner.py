"""Running developers' queries on Bolt, within bounds."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any, Final

from data.graph import AsyncDriver, AsyncManagedTransaction, Node, Path, Relationship, graph_errors, unit_of_work
from services.knowledge_graph.domain.cypher.query import ConfinedQuery
from services.knowledge_graph.domain.errors import CypherError, QueryTooExpensiveError
from services.knowledge_graph.infrastructure.graph_session import reachable
from services.knowledge_graph.infrastructure.neo4j_subgraph import HIDDEN
from services.shared.domain.errors import PermissionDeniedError
from services.shared.domain.events import Json
from services.shared.domain.ids import UserId

TIME_LIMIT_S: Final = 3.0
_GRACE_S: Final = 1.0
_MOST_CHARACTERS: Final = 2_000_000
_AT_ONCE: Final = 2
_TOO_EXPENSIVE: Final = (
    "The query took too long or too much memory. Begin at one node, give its label, or match less at once."
)


class Neo4jQueryRunner:
    """`GraphQueryRunner` on a read transaction with a time limit; two queries at once, the others wait."""

    def __init__(self, driver: AsyncDriver, *, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._driver = driver
        self._time_limit_s = time_limit_s
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def run(self, user_id: UserId, query: ConfinedQuery) -> list[list[Json]]:
        """Run it and bring the rows into the form of JSON."""
        owner = str(user_id)
        try:
            async with self._turns, asyncio.timeout(self._time_limit_s + _GRACE_S), reachable():
                rows = await self._rows(owner, query)
        except (TimeoutError, graph_errors.DatabaseError, graph_errors.TransientError) as error:
            raise QueryTooExpensiveError(_TOO_EXPENSIVE) from error
        except graph_errors.ClientError as error:
            if "imeout" in f"{error.code} {error.message}" or "imed out" in f"{error.message}":
                raise QueryTooExpensiveError(_TOO_EXPENSIVE) from error
            raise CypherError("The graph cannot run this query: check the types of what it compares.") from error
        budget = _Budget()
        return [[_json(value, owner, budget) for value in row] for row in rows]

    async def _rows(self, owner: str, query: ConfinedQuery) -> list[list[Any]]:
        parameters = {**query.parameters, "owner": owner}

        @unit_of_work(timeout=self._time_limit_s)
        async def work(transaction: AsyncManagedTransaction) -> list[list[Any]]:
            result = await transaction.run(query.text, parameters)
            return [list(record.values()) async for record in result]

        async with self._driver.session() as session:
            return await session.execute_read(work)


class _Budget:
    """How large an answer may still become."""

    def __init__(self) -> None:
        self._left = _MOST_CHARACTERS

    def spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise QueryTooExpensiveError("The answer is too large. Return less of each node, or fewer rows.")


def _json(value: Any, owner: str, budget: _Budget) -> Json:
    budget.spend(8)
    match value:
        case None | bool() | int():
            return value
        case str():
            budget.spend(len(value))
            return value
        case float():
            return f"{Decimal(repr(value)):f}" if value == value and abs(value) != float("inf") else None
        case list() | tuple():
            return [_json(item, owner, budget) for item in value]
        case Path():
            return {
                "nodes": [_json(node, owner, budget) for node in value.nodes],
                "relations": [_json(relation, owner, budget) for relation in value.relationships],
            }
        case Node():
            return _node(value, owner, budget)
        case Relationship():
            source, target = (_end(end) for end in value.nodes)
            return {"kind": value.type, "source": source, "target": target}
    raise CypherError("The query returns something that is neither a value, a list, a node, a relation nor a path.")


def _end(node: Node | None) -> str | None:
    """The id of a relation's end; the graph tells it only where the node itself is part of the answer."""
    found = None if node is None else node.get("id")
    return found if isinstance(found, str) else None


def _node(node: Node, owner: str, budget: _Budget) -> Json:
    if node.get("owner") != owner:
        raise PermissionDeniedError("The query reached what is not yours. It was stopped.")
    shown = {name: value for name, value in node.items() if name not in HIDDEN and value is not None}
    properties = {name: _json(value, owner, budget) for name, value in shown.items() if name != "id"}
    return {"id": shown.get("id"), "kind": next(iter(node.labels), ""), "properties": properties}
