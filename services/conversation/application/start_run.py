"""Mark a run as being worked on."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunClosedError, RunNotFoundError
from services.conversation.domain.run import Run, RunStart
from services.shared.domain.clock import Clock
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRunRequest:
    """Which run, and with what it starts."""

    user_id: UserId
    run_id: RunId
    start: RunStart


class StartRun:
    """Command: the run is running. Starting a running one again (after a crash) takes it over."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: StartRunRequest) -> Run:
        """The run as it now stands. RunNotFoundError unless it is the caller's; RunClosedError when it has ended."""
        async with self._unit_of_work() as unit:
            run, now = await unit.runs.get(request.run_id, request.user_id), self._clock.now()
            if run is None:
                raise RunNotFoundError
            if not await unit.runs.start(request.run_id, request.start, now):
                raise RunClosedError
            await unit.commit()
        return run.started(request.start, now)
