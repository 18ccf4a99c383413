"""Which turn of a conversation a client means by the name it has for a message."""

from dataclasses import dataclass
from uuid import UUID

from services.conversation.domain.errors import ConversationNotFoundError, RunNotFoundError
from services.conversation.domain.repositories import ConversationReader, RunReader
from services.conversation.domain.run import Run
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTurnRequest:
    """The id of a run, or a name whose question came with the idempotency key `key`; without a name the last turn."""

    user_id: UserId
    conversation_id: ConversationId
    name: str | None = None
    key: str | None = None


class FindTurn:
    """Query: the run of the turn."""

    def __init__(self, conversations: ConversationReader, runs: RunReader) -> None:
        self._conversations = conversations
        self._runs = runs

    async def __call__(self, request: FindTurnRequest) -> Run:
        """ConversationNotFoundError unless it is the caller's; RunNotFoundError for no turn of it."""
        conversation = await self._conversations.get(request.conversation_id, request.user_id)
        if conversation is None:
            raise ConversationNotFoundError
        run_id = conversation.head_id if request.name is None else _run_id(request.name)
        run = await self._runs.get(run_id, request.user_id) if run_id is not None else None
        if run is None and request.key is not None:
            run = await self._runs.by_key(request.key, request.user_id)
        if run is None or run.conversation_id != request.conversation_id:
            raise RunNotFoundError
        return run


def _run_id(name: str) -> RunId | None:
    try:
        return RunId(UUID(name))
    except ValueError:
        return None
