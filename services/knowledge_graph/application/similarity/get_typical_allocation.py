"""Query: what people who are like the caller do with their money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.knowledge_graph.domain.similarity.cohort import Cohort, describe
from services.knowledge_graph.domain.similarity.ports import ConsentReader, SimilarityGraph
from services.knowledge_graph.domain.similarity.vectors import LEAST_MONTHS
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId


class CohortState(StrEnum):
    """Whether there is an answer, and why not."""

    KNOWN = "known"
    NO_CONSENT = "no_consent"
    NOT_ENOUGH_PEOPLE = "not_enough_people"
    NOT_ENOUGH_RECORDS = "not_enough_records"


_WORDS: Final = {
    CohortState.KNOWN: "What is usual among people whose spending and goals are most like yours, blurred on purpose.",
    CohortState.NO_CONSENT: "You have not agreed to be compared with others, so others are not told of either."
    " Agree first, and withdraw whenever you like.",
    CohortState.NOT_ENOUGH_PEOPLE: "There are not enough people like you who agreed to be compared: an answer takes at"
    " least ten.",
    CohortState.NOT_ENOUGH_RECORDS: f"Your records are too few to compare: it takes {LEAST_MONTHS} months with"
    " spending.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GetTypicalAllocationRequest:
    """Who is asking."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalAllocationView:
    """The cohort, None unless `state` is known."""

    as_of: date
    state: CohortState
    explanation: str
    cohort: Cohort | None
    left_out: tuple[str, ...]


class GetTypicalAllocation:
    """Tells of ten and more who agreed, never of fewer."""

    def __init__(self, consents: ConsentReader, graph: SimilarityGraph, clock: Clock) -> None:
        self._consents = consents
        self._graph = graph
        self._clock = clock

    async def __call__(self, request: GetTypicalAllocationRequest) -> TypicalAllocationView:
        """What is usual, or why that cannot be told."""
        state, cohort = await self._cohort(request.user_id)
        left_out = ("categories and goals that fewer than ten of them have",) if cohort else ()
        return TypicalAllocationView(
            as_of=today(self._clock), state=state, explanation=_WORDS[state], cohort=cohort, left_out=left_out
        )

    async def _cohort(self, user_id: UserId) -> tuple[CohortState, Cohort | None]:
        if not (await self._consents.get(user_id)).granted:
            return CohortState.NO_CONSENT, None
        found = await self._graph.neighbours(user_id)
        agreed = await self._consents.granted_among([other for other, _, _ in found])
        vectors = await self._graph.vectors([user_id, *agreed])
        own = vectors.get(user_id)
        if own is None or not own.comparable:
            return CohortState.NOT_ENOUGH_RECORDS, None
        members = [(vectors[other], reasons) for other, _, reasons in found if other in vectors and other in agreed]
        cohort = describe(own, [vectors for vectors, _ in members], [reasons for _, reasons in members])
        return (CohortState.KNOWN, cohort) if cohort else (CohortState.NOT_ENOUGH_PEOPLE, None)
