"""Close a run that its owner no longer wants answered."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunNotFoundError
from services.shared.domain.clock import Clock
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRunRequest:
    """Which run."""

    user_id: UserId
    run_id: RunId


class CancelRun:
    """Command: the run is cancelled; one that has already ended stays as it is."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CancelRunRequest) -> bool:
        """Whether the run was cancelled by this call. RunNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            if await unit.runs.get(request.run_id, request.user_id) is None:
                raise RunNotFoundError
            cancelled = await unit.runs.cancel(request.run_id, self._clock.now())
            await unit.commit()
        return cancelled
