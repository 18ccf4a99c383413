"""Close a run that its owner no longer wants answered."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.events import ConversationTurnCancelled
from services.conversation.domain.run import NOTHING_SPENT, Run, Spent
from services.shared.domain.clock import Clock
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRunRequest:
    """Which run, what of its answer the person has read, and what it took until then."""

    user_id: UserId
    run_id: RunId
    answer: str = ""
    spent: Spent = NOTHING_SPENT


class CancelRun:
    """Command: the run is cancelled and keeps what was said; one that has already ended stays as it is.

    What it had asked for can be approved no more.
    """

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CancelRunRequest) -> Run:
        """The run as it now stands. RunNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            run = await unit.runs.get(request.run_id, request.user_id)
            if run is None:
                raise RunNotFoundError
            now = self._clock.now()
            if await unit.runs.cancel(request.run_id, request.answer, request.spent, now):
                await unit.approvals.expire(run.id, now)
                run = await unit.runs.get(request.run_id, request.user_id) or run
                unit.record(
                    ConversationTurnCancelled(user_id=run.user_id, run_id=run.id, conversation_id=run.conversation_id)
                )
                await unit.commit()
        return run
