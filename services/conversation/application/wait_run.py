"""Mark a run as waiting for its owner."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunClosedError, RunNotFoundError, RunTakenError
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRunRequest:
    """Which run, and with `owner` only if that process still works on it."""

    user_id: UserId
    run_id: RunId
    owner: str | None = None


class WaitRun:
    """Command: the run waits for approvals; nobody works on it until they are decided or have expired."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: WaitRunRequest) -> None:
        """RunNotFoundError unless it is the caller's; RunClosedError when it has ended; RunTakenError."""
        async with self._unit_of_work() as unit:
            if await unit.runs.get(request.run_id, request.user_id) is None:
                raise RunNotFoundError
            if not await unit.runs.wait(request.run_id, owner=request.owner):
                run = await unit.runs.get(request.run_id, request.user_id)
                raise RunClosedError if run is None or run.is_finished else RunTakenError
            await unit.commit()
