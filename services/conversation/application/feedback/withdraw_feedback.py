"""Take one's word on an answer back."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.feedback.feedback import FeedbackNotFoundError
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFeedbackRequest:
    """On the answer of which run."""

    user_id: UserId
    run_id: RunId


class WithdrawFeedback:
    """Command: rating and comment are erased."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: WithdrawFeedbackRequest) -> None:
        """FeedbackNotFoundError when the caller gave none."""
        async with self._unit_of_work() as unit:
            if not await unit.feedback.delete(request.run_id, request.user_id):
                raise FeedbackNotFoundError
            await unit.commit()
