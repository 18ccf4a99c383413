"""Command: build the graph from scratch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from services.knowledge_graph.domain.repositories import GraphRepository
from services.shared.application.event_record import EventRecord, record_of
from services.shared.application.restatement import Restatement, weight
from services.shared.domain.ids import UserId

OnProgress = Callable[[int, int], None]
"""Called with how much is done, and how much there is, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildGraphRequest:
    """Whose graph is built again: one person's, or everybody's."""

    user_id: UserId | None = None
    on_progress: OnProgress = lambda _done, _total: None


@dataclass(frozen=True, slots=True)
class RebuildView:
    """How many events were told, and of how many things."""

    events: int
    things: int


class RebuildGraph:
    """Drops the graph and builds it from what the other contexts have on record.

    Events may be delivered meanwhile: what they tell is newer than the record, and stands. Readers see a graph that
    is not complete until this ends. A rebuild that was interrupted is run again.
    """

    def __init__(
        self,
        graph: GraphRepository,
        restatements: Sequence[Restatement],
        handle: Callable[[EventRecord], Awaitable[None]],
        finish: Callable[[], Awaitable[object]],
    ) -> None:
        self._graph = graph
        self._restatements = restatements
        self._handle = handle
        self._finish = finish

    async def __call__(self, request: RebuildGraphRequest) -> RebuildView:
        """Drop and build; for those who run the program, not for its users."""
        user_id = request.user_id
        total = sum([await restatement.count(user_id) for restatement in self._restatements])
        request.on_progress(0, total)
        await self._graph.clear(user_id)
        events = things = 0
        for restatement in self._restatements:
            async for page in restatement.events(await restatement.horizon(), user_id):
                for event in page:
                    await self._handle(record_of(event))
                    events, things = events + 1, things + weight(event)
                    request.on_progress(things, max(total, things))
        await self._finish()
        return RebuildView(events, things)
