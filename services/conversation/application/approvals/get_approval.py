"""One approval as it stands."""

from dataclasses import dataclass

from services.conversation.domain.approvals.approval import Approval
from services.conversation.domain.approvals.errors import ApprovalNotFoundError
from services.conversation.domain.approvals.repositories import ApprovalReader
from services.shared.domain.clock import Clock
from services.shared.domain.ids import ApprovalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetApprovalRequest:
    """Which approval."""

    user_id: UserId
    approval_id: ApprovalId


class GetApproval:
    """Query: the caller's approval."""

    def __init__(self, approvals: ApprovalReader, clock: Clock) -> None:
        self._approvals = approvals
        self._clock = clock

    async def __call__(self, request: GetApprovalRequest) -> Approval:
        """ApprovalNotFoundError unless it is the caller's."""
        approval = await self._approvals.get(request.approval_id, request.user_id)
        if approval is None:
            raise ApprovalNotFoundError
        return approval.settled(self._clock.now())
