"""Close a run with its answer; the fact leaves through the outbox in the same transaction."""

from dataclasses import dataclass

from services.conversation.domain.errors import RunNotFoundError, RunTakenError
from services.conversation.domain.events import ConversationTurnCompleted
from services.conversation.domain.repositories import RunReader, TurnStore
from services.conversation.domain.run import Run, RunResult
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTurnRequest:
    """The run as it was started, and its result; `tools` are the names of the tools called, in order.

    With `owner` the run is closed only if that process still works on it.
    """

    user_id: UserId
    run: Run
    result: RunResult
    tools: tuple[str, ...] = ()
    owner: str | None = None


class CompleteTurn:
    """Command: the run is completed, once; a run that has already ended stays as it is and publishes nothing more."""

    def __init__(self, turns: TurnStore, runs: RunReader, clock: Clock) -> None:
        self._turns = turns
        self._runs = runs
        self._clock = clock

    async def __call__(self, request: CompleteTurnRequest) -> Run:
        """The run as it now stands. RunNotFoundError unless it is the caller's; RunTakenError."""
        if request.run.user_id != request.user_id:
            raise RunNotFoundError
        completed = request.run.completed(request.result, self._clock.now())
        event = event_of(completed, request)
        if await self._turns.complete(completed, request.result.cost_usd, event, owner=request.owner):
            return completed
        return await self._as_it_is(request)

    async def _as_it_is(self, request: CompleteTurnRequest) -> Run:
        run = await self._runs.get(request.run.id, request.user_id)
        if run is None:
            raise RunNotFoundError
        if not run.is_finished:
            raise RunTakenError
        return run


def event_of(run: Run, request: CompleteTurnRequest) -> ConversationTurnCompleted:
    """What is told of a run that has been answered."""
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
