"""What was said last, as context for the next answer."""

from dataclasses import dataclass

from services.conversation.domain.message import Message
from services.conversation.domain.repositories import RunReader
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetHistoryRequest:
    """How many of the last turns, 1 to 100."""

    user_id: UserId
    conversation_id: ConversationId
    turns: int = 10


class GetHistory:
    """Query: user and assistant messages of the last completed turns, in order, from the record of runs.

    Read from Postgres and not from the chat log, so that the turn that has just closed is always in it.
    """

    def __init__(self, runs: RunReader) -> None:
        self._runs = runs

    async def __call__(self, request: GetHistoryRequest) -> list[Message]:
        """Empty when there are none, and for a conversation that is not the caller's."""
        if not 1 <= request.turns <= 100:
            raise InvalidInputError("turns must be from 1 to 100.")
        return await self._runs.history(request.conversation_id, request.user_id, request.turns)
