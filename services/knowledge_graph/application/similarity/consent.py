"""Commands and queries about a person's consent to be compared with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from services.knowledge_graph.domain.events import SimilarityConsentGiven, SimilarityConsentWithdrawn
from services.knowledge_graph.domain.similarity.ports import (
    Consent,
    ConsentReader,
    ConsentRepository,
    SimilarityGraph,
)
from services.shared.application.unit_of_work import UnitOfWork
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


class ConsentUnitOfWork(UnitOfWork, Protocol):
    """One transaction over consents."""

    consents: ConsentRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSimilarityConsentRequest:
    """Whether the person agrees."""

    user_id: UserId
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GetSimilarityConsentRequest:
    """Whose consent."""

    user_id: UserId


class SetSimilarityConsent:
    """Gives or withdraws consent. To say again what was said before changes nothing."""

    def __init__(self, unit_of_work: Callable[[], ConsentUnitOfWork], graph: SimilarityGraph, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._graph = graph
        self._clock = clock

    async def __call__(self, request: SetSimilarityConsentRequest) -> Consent:
        """Keep the person's word.

        A withdrawal counts at once: nobody is told anything of this person from then on, and the relations vanish
        from the graph before this answers. Should the graph be down, they vanish with the event.
        """
        async with self._unit_of_work() as unit:
            before = await unit.consents.get_locked(request.user_id)
            consent = before
            if before.granted != request.granted:
                consent = Consent(request.user_id, request.granted, self._clock.now())
                await unit.consents.save(consent)
                event = SimilarityConsentGiven if request.granted else SimilarityConsentWithdrawn
                unit.record(event(user_id=request.user_id))
            await unit.commit()
        if not request.granted:
            await self._graph.forget(request.user_id)
        return consent


class GetSimilarityConsent:
    """Reads the person's word."""

    def __init__(self, reader: ConsentReader) -> None:
        self._reader = reader

    async def __call__(self, request: GetSimilarityConsentRequest) -> Consent:
        """Not granted until the person said so."""
        return await self._reader.get(request.user_id)
