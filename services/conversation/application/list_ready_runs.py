"""Waiting runs that need wait no longer."""

from services.conversation.domain.repositories import RunReader
from services.conversation.domain.run import Run
from services.shared.domain.clock import Clock


class ListReadyRuns:
    """Query of the program itself, never of a caller: it spans all users."""

    def __init__(self, runs: RunReader, clock: Clock) -> None:
        self._runs = runs
        self._clock = clock

    async def __call__(self) -> list[Run]:
        """Waiting runs whose approvals are all decided or have expired, oldest first."""
        return await self._runs.list_ready(self._clock.now())
