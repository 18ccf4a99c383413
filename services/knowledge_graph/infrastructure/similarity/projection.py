"""Keeps SIMILAR_TO up to date: a withdrawal at once, everything else together after a while."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from services.knowledge_graph.application.similarity.refresh_similarity import RefreshSimilarity
from services.knowledge_graph.domain.similarity.ports import ConsentReader, SimilarityGraph
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId

log = structlog.get_logger(__name__)

_MONEY: Final = frozenset({"TransactionsRecorded", "TransactionsDeleted", "GoalCreated", "GoalUpdated", "GoalDeleted"})
GATHER_S: Final = 20.0


class SimilarityProjection:
    """Consumer that notes when who is like whom may have changed, and the worker that finds out."""

    consumer: Final = "knowledge_graph.similarity"
    topics: Final = frozenset({"knowledge_graph", "financial", "goals"})
    names: Final = _MONEY | {"SimilarityConsentGiven", "SimilarityConsentWithdrawn"}

    def __init__(self, consents: ConsentReader, graph: SimilarityGraph, gather_s: float = GATHER_S) -> None:
        self._consents = consents
        self._graph = graph
        self._refresh = RefreshSimilarity(consents, graph)
        self._gather_s = gather_s
        self._due = asyncio.Event()
        self._due.set()

    async def handle(self, record: EventRecord) -> None:
        """Forget who withdrew; note that the rest is due when it concerns somebody who agreed."""
        user_id = UserId(record.user_id)
        if record.name == "SimilarityConsentWithdrawn":
            if not (await self._consents.get(user_id)).granted:
                await self._graph.forget(user_id)
            self._due.set()
        elif record.name not in _MONEY or (await self._consents.get(user_id)).granted:
            self._due.set()

    async def run(self) -> None:
        """Refresh whenever it is due, at the start too, until cancelled; what comes meanwhile is gathered."""
        while True:
            await self._due.wait()
            self._due.clear()
            try:
                changed = await self._refresh()
                log.info("similarity.refreshed", changed=changed)
            except Exception:
                log.exception("similarity.refresh_failed")
                self._due.set()
            await asyncio.sleep(self._gather_s)
