"""Take a person's word on a write."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.approvals.approval import Approval, Decision, Wish
from services.conversation.domain.approvals.errors import ApprovalNotFoundError
from services.shared.domain.clock import Clock
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ApprovalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideApprovalRequest:
    """What was decided about what was shown (`digest`); `edited` goes with an edit, and only with an edit.

    `then` is called once the decision is durable.
    """

    user_id: UserId
    approval_id: ApprovalId
    decision: Decision
    digest: str
    edited: Wish | None = None
    then: Callable[[], Awaitable[None]] | None = None


class DecideApproval:
    """Command: one decision per approval, by its owner, in time, on exactly what was shown."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: DecideApprovalRequest) -> Approval:
        """The approval as it now stands.

        ApprovalNotFoundError unless it is the caller's; ApprovalExpiredError, ApprovalDecidedError (replayed),
        ApprovalAlteredError (another hash); InvalidInputError when arguments and decision do not go together.
        """
        if (request.decision is Decision.EDIT) != (request.edited is not None):
            raise InvalidInputError("Send 'arguments' with the decision 'edit', and with no other.")
        async with self._unit_of_work() as unit:
            approval = await unit.approvals.lock(request.approval_id, request.user_id)
            if approval is None:
                raise ApprovalNotFoundError
            decided = approval.decided(request.decision, request.digest, self._clock.now(), request.edited)
            await unit.approvals.save(decided)
            if request.then is not None:
                unit.after_commit(request.then)
            await unit.commit()
        return decided
