"""Close a run that could not be answered."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunNotFoundError
from services.shared.domain.clock import Clock
from services.shared.domain.events import Json
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FailRunRequest:
    """The run and why it failed: an RFC 9457 body, as the caller was told."""

    user_id: UserId
    run_id: RunId
    problem: dict[str, Json]


class FailRun:
    """Command: the run has failed; one that has already ended stays as it is."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: FailRunRequest) -> bool:
        """Whether the run failed by this call. RunNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            if await unit.runs.get(request.run_id, request.user_id) is None:
                raise RunNotFoundError
            failed = await unit.runs.fail(request.run_id, request.problem, self._clock.now())
            await unit.commit()
        return failed
