"""The runs of a person, for looking at how answers came about."""

from dataclasses import dataclass

from services.conversation.domain.repositories import RunReader
from services.conversation.domain.run import Run
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRunsRequest:
    """`limit` is from 1 to 100; `before` (the last run of a page) continues with older ones."""

    user_id: UserId
    conversation_id: ConversationId | None = None
    before: RunId | None = None
    limit: int = 20


class ListRuns:
    """Query: the caller's runs, the newest first."""

    def __init__(self, runs: RunReader) -> None:
        self._runs = runs

    async def __call__(self, request: ListRunsRequest) -> list[Run]:
        """Empty when there are none, and for a conversation that is not the caller's."""
        if not 1 <= request.limit <= 100:
            raise InvalidInputError("limit must be from 1 to 100.")
        return await self._runs.page(
            request.user_id, conversation_id=request.conversation_id, before=request.before, limit=request.limit
        )
