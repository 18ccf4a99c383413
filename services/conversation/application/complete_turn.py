"""Close a run with its answer; the fact leaves through the outbox in the same transaction."""

import dataclasses
from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.events import ConversationTurnCompleted
from services.conversation.domain.run import Run, RunResult
from services.shared.domain.clock import Clock
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTurnRequest:
    """The run and its result; `tools` are the names of the tools called, in order."""

    user_id: UserId
    run_id: RunId
    result: RunResult
    tools: tuple[str, ...] = ()


class CompleteTurn:
    """Command: the run is completed, once; a run that has already ended stays as it is and publishes nothing more."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CompleteTurnRequest) -> Run:
        """The run as it now stands. RunNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            run = await unit.runs.get(request.run_id, request.user_id)
            if run is None:
                raise RunNotFoundError
            conversation = await unit.conversations.lock(run.conversation_id, request.user_id)
            now = self._clock.now()
            if await unit.runs.finish(request.run_id, request.result, now):
                if conversation is not None:
                    await unit.conversations.save(dataclasses.replace(conversation, updated_at=now))
                run = await unit.runs.get(request.run_id, request.user_id) or run
                unit.record(_completed(run, request))
            await unit.commit()
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
