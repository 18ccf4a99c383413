"""Ask a run's owner for leave to do a write."""

from dataclasses import dataclass
from datetime import datetime

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.approvals.approval import LIFETIME, Approval, Wish, digest_of
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.events import ApprovalRequested
from services.shared.domain.clock import Clock
from services.shared.domain.ids import ApprovalId, RunId, UserId, new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestApprovalRequest:
    """The call that wishes for something."""

    user_id: UserId
    run_id: RunId
    call_id: str
    wish: Wish


class RequestApproval:
    """Command: one approval per call, however often it is asked for; one that waited too long comes back expired."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: RequestApprovalRequest) -> Approval:
        """The approval as it now stands. RunNotFoundError unless the run is the caller's."""
        now = self._clock.now()
        async with self._unit_of_work() as unit:
            if await unit.runs.get(request.run_id, request.user_id) is None:
                raise RunNotFoundError
            wanted = _wanted(request, now)
            asked = await unit.approvals.ask(wanted)
            if asked is wanted:
                unit.record(_requested(wanted))
            approval = asked.settled(now)
            if approval is not asked:
                await unit.approvals.save(approval)
            await unit.commit()
        return approval


def _wanted(request: RequestApprovalRequest, now: datetime) -> Approval:
    return Approval(
        id=ApprovalId(new_uuid()),
        user_id=request.user_id,
        run_id=request.run_id,
        call_id=request.call_id,
        wish=request.wish,
        digest=digest_of(request.run_id, request.call_id, request.wish),
        created_at=now,
        expires_at=now + LIFETIME,
    )


def _requested(approval: Approval) -> ApprovalRequested:
    return ApprovalRequested(
        user_id=approval.user_id,
        approval_id=approval.id,
        run_id=approval.run_id,
        expires_at=approval.expires_at,
        occurred_at=approval.created_at,
    )
