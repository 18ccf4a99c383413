"""The run that is being worked on in a conversation."""

from dataclasses import dataclass

from services.conversation.domain.repositories import RunReader
from services.conversation.domain.run import Run
from services.shared.domain.ids import ConversationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FindActiveRunRequest:
    """In which conversation."""

    user_id: UserId
    conversation_id: ConversationId


class FindActiveRun:
    """Query: the caller's run there that has not ended; one that waits for approval counts."""

    def __init__(self, runs: RunReader) -> None:
        self._runs = runs

    async def __call__(self, request: FindActiveRunRequest) -> Run | None:
        """The run, or None when nothing is going on."""
        return await self._runs.active(request.conversation_id, request.user_id)
