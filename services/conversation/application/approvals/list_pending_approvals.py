"""Writes that wait for their owner's word."""

from dataclasses import dataclass
from typing import Final

from services.conversation.domain.approvals.approval import Approval
from services.conversation.domain.approvals.repositories import ApprovalReader
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId

MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPendingApprovalsRequest:
    """Whose."""

    user_id: UserId


class ListPendingApprovals:
    """Query: the caller's approvals that can still be decided, oldest first, 100 at most."""

    def __init__(self, approvals: ApprovalReader, clock: Clock) -> None:
        self._approvals = approvals
        self._clock = clock

    async def __call__(self, request: ListPendingApprovalsRequest) -> list[Approval]:
        """Empty when nothing waits."""
        return await self._approvals.list_pending(request.user_id, self._clock.now(), MOST)
