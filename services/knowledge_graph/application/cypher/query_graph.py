"""Query: read-only Cypher over the caller's own subgraph, for developers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from services.knowledge_graph.domain.cypher.query import ConfinedQuery, confine
from services.knowledge_graph.domain.cypher.writer import Value
from services.shared.domain.events import Json
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryGraphRequest:
    """Whose subgraph is asked what; `parameters` are the values of `$names` in the query."""

    user_id: UserId
    query: str
    parameters: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResultView:
    """Rows of JSON values; nodes, relations and paths are objects. `truncated` says that there were more rows."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Json]]
    truncated: bool


class GraphQueryRunner(Protocol):
    """Runs confined queries within bounds of time and memory."""

    async def run(self, user_id: UserId, query: ConfinedQuery) -> list[list[Json]]:
        """The rows; QueryTooExpensiveError when a bound is reached, CypherError when the graph refuses the query."""
        ...


class QueryGraph:
    """Confines a query to the caller's nodes and runs it."""

    def __init__(self, runner: GraphQueryRunner) -> None:
        self._runner = runner

    async def __call__(self, request: QueryGraphRequest) -> QueryResultView:
        """The rows, at most a thousand."""
        query = confine(request.query, request.parameters)
        rows = await self._runner.run(request.user_id, query)
        return QueryResultView(columns=query.columns, rows=rows[: query.limit], truncated=len(rows) > query.limit)
