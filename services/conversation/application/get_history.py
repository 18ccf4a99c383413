"""What was said last, as context for the next answer."""

from dataclasses import dataclass

from services.conversation.domain.branches.repositories import BranchReader
from services.conversation.domain.message import Message
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetHistoryRequest:
    """Up to which turn (None: before the first one), and how many of the last turns, 1 to 100."""

    user_id: UserId
    conversation_id: ConversationId
    last: RunId | None
    turns: int = 10


class GetHistory:
    """Query: user and assistant messages of a branch's last completed turns, in order, from the record of runs.

    Read from Postgres and not from the chat log, so that the turn that has just closed is always in it.
    """

    def __init__(self, branches: BranchReader) -> None:
        self._branches = branches

    async def __call__(self, request: GetHistoryRequest) -> list[Message]:
        """Empty when there are none, and for a conversation that is not the caller's."""
        if not 1 <= request.turns <= 100:
            raise InvalidInputError("turns must be from 1 to 100.")
        if request.last is None:
            return []
        return await self._branches.history(request.last, request.conversation_id, request.user_id, request.turns)
