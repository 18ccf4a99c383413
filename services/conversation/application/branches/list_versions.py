"""The versions of a turn: what was asked and answered in its place."""

from dataclasses import dataclass

from services.conversation.domain.branches.branch import TurnVersion
from services.conversation.domain.branches.repositories import BranchReader
from services.conversation.domain.errors import ConversationNotFoundError, RunNotFoundError
from services.conversation.domain.repositories import ConversationReader
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVersionsRequest:
    """Which turn, by its run."""

    user_id: UserId
    conversation_id: ConversationId
    run_id: RunId


class ListVersions:
    """Query: all versions of a turn, itself included, oldest first; fifty at most."""

    def __init__(self, conversations: ConversationReader, branches: BranchReader) -> None:
        self._conversations = conversations
        self._branches = branches

    async def __call__(self, request: ListVersionsRequest) -> list[TurnVersion]:
        """ConversationNotFoundError unless it is the caller's; RunNotFoundError for no turn of it."""
        if await self._conversations.get(request.conversation_id, request.user_id) is None:
            raise ConversationNotFoundError
        found = await self._branches.versions(request.run_id, request.conversation_id, request.user_id)
        if not found:
            raise RunNotFoundError
        return found
