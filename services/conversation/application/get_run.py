"""One run as it stands."""

from dataclasses import dataclass

from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.repositories import RunReader
from services.conversation.domain.run import Run
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetRunRequest:
    """Which run."""

    user_id: UserId
    run_id: RunId


class GetRun:
    """Query: the caller's run."""

    def __init__(self, runs: RunReader) -> None:
        self._runs = runs

    async def __call__(self, request: GetRunRequest) -> Run:
        """RunNotFoundError unless it is the caller's."""
        run = await self._runs.get(request.run_id, request.user_id)
        if run is None:
            raise RunNotFoundError
        return run
