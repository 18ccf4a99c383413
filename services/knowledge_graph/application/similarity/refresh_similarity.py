"""Command: find out anew who is like whom."""

from __future__ import annotations

import asyncio

from services.knowledge_graph.domain.similarity.neighbours import nearest
from services.knowledge_graph.domain.similarity.ports import ConsentReader, SimilarityGraph


class RefreshSimilarity:
    """Compares everybody who agreed, and brings the graph's SIMILAR_TO relations up to date."""

    def __init__(self, consents: ConsentReader, graph: SimilarityGraph) -> None:
        self._consents = consents
        self._graph = graph

    async def __call__(self) -> int:
        """How many relations changed. What it leaves depends on the records alone, not on what was there."""
        agreed = await self._consents.granted()
        vectors = await self._graph.vectors(agreed)
        found = await asyncio.to_thread(nearest, vectors)
        still = await self._consents.granted_among(agreed)
        changed = await self._graph.replace([one for one in found if one.source in still and one.target in still])
        for gone in frozenset(agreed) - await self._consents.granted_among(agreed):
            await self._graph.forget(gone)
        return changed
