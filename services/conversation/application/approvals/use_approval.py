"""Spend an approval: the write that it granted is done in the same transaction."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.approvals.approval import Approval
from services.conversation.domain.approvals.errors import ApprovalNotFoundError
from services.shared.domain.clock import Clock
from services.shared.domain.ids import ApprovalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class UseApprovalRequest:
    """Which approval."""

    user_id: UserId
    approval_id: ApprovalId


class UseApproval:
    """Command: a granted approval becomes a used one, once."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: UseApprovalRequest) -> Approval:
        """The approval, spent. ApprovalNotFoundError; ApprovalMissingError unless it was granted and not used yet."""
        async with self._unit_of_work() as unit:
            approval = await unit.approvals.lock(request.approval_id, request.user_id)
            if approval is None:
                raise ApprovalNotFoundError
            used = approval.used(self._clock.now())
            await unit.approvals.save(used)
            await unit.commit()
        return used
