"""Ports of similarity: who agreed, and what the graph knows of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.knowledge_graph.domain.similarity.neighbours import Neighbour
from services.knowledge_graph.domain.similarity.vectors import Vectors
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's word on being compared with others; None of `changed_at` says that there was never any."""

    user_id: UserId
    granted: bool = False
    changed_at: datetime | None = None


class ConsentRepository(Protocol):
    """Consents, inside a unit of work."""

    async def get_locked(self, user_id: UserId) -> Consent:
        """The person's consent, theirs to change until the unit ends."""
        ...

    async def save(self, consent: Consent) -> None:
        """Keep it."""
        ...


class ConsentReader(Protocol):
    """Consents, for queries."""

    async def get(self, user_id: UserId) -> Consent:
        """The person's consent."""
        ...

    async def granted(self) -> list[UserId]:
        """Everybody who agreed."""
        ...

    async def granted_among(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Those of the people who agreed."""
        ...


class SimilarityGraph(Protocol):
    """(User)-[:SIMILAR_TO]->(User), and what it is made of."""

    async def vectors(self, user_ids: Sequence[UserId]) -> dict[UserId, Vectors]:
        """Vectors of people, made anew for those whose money moved since; nothing for one the graph does not know."""
        ...

    async def replace(self, neighbours: Sequence[Neighbour]) -> int:
        """Have exactly these relations, and no others of anybody; how many were written or removed."""
        ...

    async def forget(self, user_id: UserId) -> None:
        """Have no relation to or from the person."""
        ...

    async def neighbours(self, user_id: UserId) -> list[tuple[UserId, int, tuple[str, ...]]]:
        """Those most like the person, the most similar first, with score and reasons. For this context only."""
        ...
