"""Copy a completed turn from the record of runs into the chat log."""

from dataclasses import dataclass

from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.repositories import ChatLog, ConversationReader, RunReader
from services.conversation.domain.run import Run
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTurnInChatLogRequest:
    """Which run's turn. `closed` is the run as it was closed just now, when it is at hand."""

    user_id: UserId
    run_id: RunId
    closed: Run | None = None


class RecordTurnInChatLog:
    """Command: idempotent; done before a turn's last frame is sent, and again by the consumer of the turn's event."""

    def __init__(self, runs: RunReader, conversations: ConversationReader, chat_log: ChatLog) -> None:
        self._runs = runs
        self._conversations = conversations
        self._chat_log = chat_log

    async def __call__(self, request: RecordTurnInChatLogRequest) -> bool:
        """Whether the log now has the turn: not when the run did not complete or its conversation was deleted.

        A run that was closed just now is not looked at for that: its event comes here again, right after it.
        RunNotFoundError unless it is the caller's.
        """
        run = request.closed or await self._runs.get(request.run_id, request.user_id)
        if run is None:
            raise RunNotFoundError
        turn = run.turn()
        if turn is None:
            return False
        await self._chat_log.append_turn(turn)
        if request.closed is not None:
            return True
        # Deleted before or while we wrote: the deletion may have erased the log before this turn came into it.
        if await self._conversations.get(run.conversation_id, run.user_id) is None:
            await self._chat_log.delete(run.conversation_id, run.user_id)
            return False
        return True
