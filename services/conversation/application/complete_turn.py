"""Close a run with its answer; the fact leaves through the outbox in the same transaction."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunNotFoundError, RunTakenError
from services.conversation.domain.events import ConversationTurnCompleted
from services.conversation.domain.run import Run, RunResult
from services.shared.domain.clock import Clock
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTurnRequest:
    """The run and its result; `tools` are the names of the tools called, in order.

    With `owner` the run is closed only if that process still works on it.
    """

    user_id: UserId
    conversation_id: ConversationId
    run_id: RunId
    result: RunResult
    tools: tuple[str, ...] = ()
    owner: str | None = None


class CompleteTurn:
    """Command: the run is completed, once; a run that has already ended stays as it is and publishes nothing more."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CompleteTurnRequest) -> Run:
        """The run as it now stands. RunNotFoundError unless it is the caller's; RunTakenError."""
        async with self._unit_of_work() as unit:
            now = self._clock.now()
            await unit.conversations.touch(request.conversation_id, request.user_id, now)
            finished = await unit.runs.finish(request.run_id, request.result, now, owner=request.owner)
            if finished is not None and finished.user_id == request.user_id:
                unit.record(_completed(finished, request))
                await unit.commit()
                return finished
        return await self._as_it_is(request)

    async def _as_it_is(self, request: CompleteTurnRequest) -> Run:
        async with self._unit_of_work() as unit:
            run = await unit.runs.get(request.run_id, request.user_id)
        if run is None:
            raise RunNotFoundError
        if not run.is_finished:
            raise RunTakenError
        return run


def _completed(run: Run, request: CompleteTurnRequest) -> ConversationTurnCompleted:
    return ConversationTurnCompleted(
        user_id=run.user_id,
        run_id=run.id,
        conversation_id=run.conversation_id,
        message_id=request.result.message_id,
        model=request.result.model,
        prompt_id=run.prompt_id,
        prompt_version=run.prompt_version,
        prompt_tokens=request.result.prompt_tokens,
        completion_tokens=request.result.completion_tokens,
        tools=request.tools,
        citations=len(request.result.citations),
        duration_ms=run.duration_ms or 0,
    )
