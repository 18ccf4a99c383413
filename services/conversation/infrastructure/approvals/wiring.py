"""Names the adapters of approvals."""

from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.approvals.decide_approval import DecideApproval
from services.conversation.application.approvals.find_approval import FindApproval
from services.conversation.application.approvals.get_approval import GetApproval
from services.conversation.application.approvals.list_pending_approvals import ListPendingApprovals
from services.conversation.application.approvals.request_approval import RequestApproval
from services.conversation.application.approvals.use_approval import UseApproval
from services.conversation.application.approvals.use_cases import ApprovalUseCases
from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.infrastructure.approvals.postgres_approvals import PostgresApprovalReader
from services.shared.domain.clock import Clock


def build_approvals(engine: AsyncEngine, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> ApprovalUseCases:
    """Approvals on PostgreSQL."""
    approvals = PostgresApprovalReader(engine)
    return ApprovalUseCases(
        request=RequestApproval(unit_of_work, clock),
        decide=DecideApproval(unit_of_work, clock),
        use=UseApproval(unit_of_work, clock),
        get=GetApproval(approvals, clock),
        find=FindApproval(approvals),
        list_pending=ListPendingApprovals(approvals, clock),
    )
