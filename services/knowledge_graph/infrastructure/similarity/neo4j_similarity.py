"""SIMILAR_TO in the graph, and the vectors that it is made of, which stand on the person's node until money moves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from data.graph import AsyncDriver, AsyncManagedTransaction
from services.knowledge_graph.domain.movements import INCOME_CATEGORIES, TRANSFER
from services.knowledge_graph.domain.similarity.neighbours import Neighbour
from services.knowledge_graph.domain.similarity.vectors import Vectors, shares
from services.knowledge_graph.infrastructure.graph_session import read, rows_of, write
from services.shared.domain.ids import UserId

_YEAR: Final = timedelta(days=365)
_BATCH: Final = 500
_KNOWN: Final = "UNWIND $owners AS owner MATCH (u:User {id: owner}) RETURN u.id AS owner, u.vectors AS vectors"
_LAST_DAY: Final = "MATCH (t:Transaction {owner: $owner}) RETURN max(t.booked_on) AS last"
_SPENDING: Final = """
MATCH (t:Transaction {owner: $owner})-[:CATEGORIZED_AS]->(c:Category)
WHERE t.booked_on > $start AND t.amount_minor < 0 AND NOT c.name IN $passed_over
WITH c.name AS category, t.currency AS currency, t.amount_minor AS amount, substring(t.booked_on, 0, 7) AS month
RETURN category, currency, month, sum(amount) AS total
"""
_GOALS: Final = """
MATCH (:User {id: $owner})-[:HAS_GOAL]->(g:Goal {owner: $owner})
WHERE g.goal_type IS NOT NULL
RETURN g.goal_type AS goal_type, count(*) AS count
"""
_KEEP: Final = "MATCH (u:User {id: $owner}) SET u.vectors = $vectors"
_EDGES: Final = """
MATCH (s:User)-[r:SIMILAR_TO]->(t:User)
WHERE s.id > $after
RETURN s.id AS source, t.id AS target, r.score AS score, r.reasons AS reasons, r.spending AS spending, r.goals AS goals
ORDER BY source, target LIMIT 20000
"""
_DROP: Final = (
    "UNWIND $pairs AS pair MATCH (:User {id: pair.source})-[r:SIMILAR_TO]->(:User {id: pair.target}) DELETE r"
)
_ADD: Final = """
UNWIND $edges AS edge
MATCH (s:User {id: edge.source})
MATCH (t:User {id: edge.target})
MERGE (s)-[r:SIMILAR_TO]->(t)
SET r.score = edge.score, r.spending = edge.spending, r.goals = edge.goals, r.reasons = edge.reasons
"""
_FORGET: Final = "MATCH (:User {id: $owner})-[r:SIMILAR_TO]-(:User) DELETE r"
_FORGET_VECTORS: Final = "MATCH (u:User {id: $owner}) SET u.vectors = null"
_NEIGHBOURS: Final = """
MATCH (:User {id: $owner})-[r:SIMILAR_TO]->(t:User)
RETURN t.id AS target, r.score AS score, r.reasons AS reasons
ORDER BY score DESC, target LIMIT 100
"""


class Neo4jSimilarityGraph:
    """`SimilarityGraph` on Bolt."""

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def vectors(self, user_ids: Sequence[UserId]) -> dict[UserId, Vectors]:
        """Read what stands on the nodes, and make what does not."""
        found: dict[UserId, Vectors] = {}
        for start in range(0, len(user_ids), _BATCH):
            owners = [str(user_id) for user_id in user_ids[start : start + _BATCH]]
            for row in await read(self._driver, _KNOWN, owners=owners):
                owner = row["owner"]
                text = row["vectors"] or await self._make(owner)
                found[UserId(UUID(owner))] = _vectors(text)
        return found

    async def replace(self, neighbours: Sequence[Neighbour]) -> int:
        """Read what is there, and write only the differences."""
        wanted = {(str(one.source), str(one.target)): _edge(one) for one in neighbours}
        present = {(row["source"], row["target"]): row for row in await self._edges()}
        gone = [{"source": source, "target": target} for source, target in present.keys() - wanted.keys()]
        changed = [edge for key, edge in wanted.items() if present.get(key) != edge]
        for start in range(0, len(gone), _BATCH):
            await self._write(_DROP, pairs=gone[start : start + _BATCH])
        for start in range(0, len(changed), _BATCH):
            await self._write(_ADD, edges=changed[start : start + _BATCH])
        return len(gone) + len(changed)

    async def forget(self, user_id: UserId) -> None:
        """Delete in both directions, and the person's vectors."""
        await self._write(_FORGET, owner=str(user_id))
        await self._write(_FORGET_VECTORS, owner=str(user_id))

    async def neighbours(self, user_id: UserId) -> list[tuple[UserId, int, tuple[str, ...]]]:
        """Read outgoing relations."""
        rows = await read(self._driver, _NEIGHBOURS, owner=str(user_id))
        return [(UserId(UUID(row["target"])), row["score"], _names(row["reasons"])) for row in rows]

    async def _edges(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        after = ""
        while rows := await read(self._driver, _EDGES, after=after):
            last = rows[-1]["source"]
            whole = [row for row in rows if row["source"] != last] if len(rows) == 20_000 else rows
            found += whole
            after = whole[-1]["source"]
        return found

    async def _make(self, owner: str) -> str:
        last = (await read(self._driver, _LAST_DAY, owner=owner))[0]["last"]
        start = (date.fromisoformat(last) - _YEAR).isoformat() if last else ""
        passed_over = [*INCOME_CATEGORIES, TRANSFER]
        rows = await read(self._driver, _SPENDING, owner=owner, start=start, passed_over=passed_over)
        goals = await read(self._driver, _GOALS, owner=owner)
        spending, months = _spending(rows)
        text = json.dumps(
            {
                "spending": spending,
                "goals": shares({row["goal_type"]: row["count"] for row in goals}),
                "months": months,
            },
            sort_keys=True,
        )
        await self._write(_KEEP, owner=owner, vectors=text)
        return text

    async def _write(self, statement: str, **parameters: Any) -> None:
        async def work(transaction: AsyncManagedTransaction) -> None:
            await rows_of(transaction, statement, **parameters)

        await write(self._driver, work)


def _spending(rows: list[dict[str, Any]]) -> tuple[dict[str, int], int]:
    """Shares in the currency in which most months have spending, and how many months those are."""
    months: dict[str, set[str]] = {}
    for row in rows:
        months.setdefault(row["currency"], set()).add(row["month"])
    if not months:
        return {}, 0
    currency = min(months, key=lambda name: (-len(months[name]), name))
    totals: dict[str, int] = {}
    for row in rows:
        if row["currency"] == currency:
            totals[row["category"]] = totals.get(row["category"], 0) - row["total"]
    return shares(totals), len(months[currency])


def _vectors(text: str) -> Vectors:
    told = json.loads(text)
    return Vectors(told["spending"], told["goals"], told["months"])


def _edge(one: Neighbour) -> dict[str, Any]:
    alike = one.similarity
    return {
        "source": str(one.source),
        "target": str(one.target),
        "score": alike.score_percent,
        "spending": alike.spending_percent,
        "goals": alike.goals_percent,
        "reasons": ",".join(alike.reasons),
    }


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
