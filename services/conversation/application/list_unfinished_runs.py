"""Runs that a crash left open."""

from collections.abc import Collection
from datetime import datetime

from services.conversation.domain.repositories import RunReader
from services.conversation.domain.run import Run
from services.shared.domain.ids import RunId


class ListUnfinishedRuns:
    """Query of the program itself, never of a caller: it spans all users."""

    def __init__(self, runs: RunReader) -> None:
        self._runs = runs

    async def __call__(self, *, before: datetime, known: Collection[RunId] = (), limit: int = 100) -> list[Run]:
        """Accepted and running runs that began before a moment, without the known ones, oldest first."""
        return await self._runs.list_unfinished(before=before, known=known, limit=limit)
