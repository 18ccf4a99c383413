"""Close a run that could not be answered."""

import dataclasses
from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWork, ConversationUnitOfWorkFactory
from services.conversation.domain.branches.repositories import BranchReader
from services.conversation.domain.errors import RunNotFoundError, RunTakenError
from services.conversation.domain.events import ConversationTurnFailed
from services.conversation.domain.run import NOTHING_SPENT, Run, Spent
from services.shared.domain.clock import Clock
from services.shared.domain.errors import NiveshError
from services.shared.domain.events import Json
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FailRunRequest:
    """The run, why it failed (an RFC 9457 body, as the caller was told), and what it took until then.

    With `owner` the run fails only if that process still works on it.
    """

    user_id: UserId
    run_id: RunId
    problem: dict[str, Json]
    spent: Spent = NOTHING_SPENT
    owner: str | None = None


class FailRun:
    """Command: the run has failed, once; one that has already ended stays as it is and publishes nothing more.

    A failed version of a turn gives its place back to the branch of the version that it was to replace.
    """

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, branches: BranchReader, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._branches = branches
        self._clock = clock

    async def __call__(self, request: FailRunRequest) -> bool:
        """Whether the run failed by this call. RunNotFoundError unless it is the caller's; RunTakenError."""
        async with self._unit_of_work() as unit:
            run = await unit.runs.get(request.run_id, request.user_id)
        if run is None:
            raise RunNotFoundError
        end = await self._end_of_replaced(run)
        async with self._unit_of_work() as unit:
            if end is not None:
                await _give_back(unit, run, end)
            now = self._clock.now()
            failed = await unit.runs.fail(request.run_id, request.problem, request.spent, now, owner=request.owner)
            if failed:
                await unit.approvals.expire(run.id, now)
                unit.record(_failed(run, request.problem))
                await unit.commit()
            elif (now_is := await unit.runs.get(run.id, run.user_id)) is not None and not now_is.is_finished:
                raise RunTakenError
        return failed

    async def _end_of_replaced(self, run: Run) -> RunId | None:
        if run.replaces_id is None:
            return None
        return await self._branches.newest_end(run.replaces_id, run.conversation_id, run.user_id)


def _failed(run: Run, problem: dict[str, Json]) -> ConversationTurnFailed:
    return ConversationTurnFailed(
        user_id=run.user_id,
        run_id=run.id,
        conversation_id=run.conversation_id,
        problem=str(problem.get("code", NiveshError.code)),
    )


async def _give_back(unit: ConversationUnitOfWork, run: Run, end: RunId) -> None:
    conversation = await unit.conversations.lock(run.conversation_id, run.user_id)
    if conversation is not None and conversation.head_id == run.id:
        await unit.conversations.save(dataclasses.replace(conversation, head_id=end))
