"""Port of branches."""

from typing import Protocol

from services.conversation.domain.branches.branch import Line, TurnVersion
from services.conversation.domain.message import Message
from services.shared.domain.ids import ConversationId, RunId, UserId


class BranchReader(Protocol):
    """Reads of branches. Of another person's, and of a conversation that does not hold the turn, nothing is there."""

    async def history(self, last: RunId, conversation_id: ConversationId, user_id: UserId, limit: int) -> list[Message]:
        """The messages of the last `limit` completed turns of the branch that ends with a turn, oldest first."""
        ...

    async def line(
        self, last: RunId, conversation_id: ConversationId, user_id: UserId, *, including: bool, limit: int
    ) -> Line:
        """The last `limit` turns of the branch that ends with a turn (or, not including it, just before it)."""
        ...

    async def newest_end(self, run_id: RunId, conversation_id: ConversationId, user_id: UserId) -> RunId | None:
        """The newest turn among a turn and all that follow on it; None when there is no such turn."""
        ...

    async def versions(self, run_id: RunId, conversation_id: ConversationId, user_id: UserId) -> list[TurnVersion]:
        """All versions of a turn, oldest first, failed ones too; empty when there is no such turn."""
        ...
