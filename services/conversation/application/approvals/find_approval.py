"""The approval of a call, if one was asked for."""

from dataclasses import dataclass

from services.conversation.domain.approvals.approval import Approval
from services.conversation.domain.approvals.repositories import ApprovalReader
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FindApprovalRequest:
    """Which call of which run."""

    user_id: UserId
    run_id: RunId
    call_id: str


class FindApproval:
    """Query: the approval of a call as it was kept, whether or not its time is up."""

    def __init__(self, approvals: ApprovalReader) -> None:
        self._approvals = approvals

    async def __call__(self, request: FindApprovalRequest) -> Approval | None:
        """None when it was not asked for, or the run is not the caller's."""
        return await self._approvals.of_call(request.run_id, request.call_id, request.user_id)
