"""Everything that can be done with approvals."""

from dataclasses import dataclass

from services.conversation.application.approvals.decide_approval import DecideApproval
from services.conversation.application.approvals.find_approval import FindApproval
from services.conversation.application.approvals.get_approval import GetApproval
from services.conversation.application.approvals.list_pending_approvals import ListPendingApprovals
from services.conversation.application.approvals.request_approval import RequestApproval
from services.conversation.application.approvals.use_approval import UseApproval


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalUseCases:
    """One instance of every command and query."""

    request: RequestApproval
    decide: DecideApproval
    use: UseApproval
    get: GetApproval
    find: FindApproval
    list_pending: ListPendingApprovals
