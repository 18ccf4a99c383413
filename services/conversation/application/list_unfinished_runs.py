"""Runs that a crash left open."""

from services.conversation.domain.repositories import RunReader
from services.conversation.domain.run import Run


class ListUnfinishedRuns:
    """Query of the program itself, never of a caller: it spans all users."""

    def __init__(self, runs: RunReader) -> None:
        self._runs = runs

    async def __call__(self) -> list[Run]:
        """Accepted and running runs, oldest first."""
        return await self._runs.list_unfinished()
