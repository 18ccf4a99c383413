"""What the caller thought of an answer."""

from dataclasses import dataclass

from services.conversation.domain.feedback.feedback import Feedback, FeedbackNotFoundError
from services.conversation.domain.feedback.repositories import FeedbackReader
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetFeedbackRequest:
    """On the answer of which run."""

    user_id: UserId
    run_id: RunId


class GetFeedback:
    """Query: the caller's own word."""

    def __init__(self, feedback: FeedbackReader) -> None:
        self._feedback = feedback

    async def __call__(self, request: GetFeedbackRequest) -> Feedback:
        """FeedbackNotFoundError when the caller gave none, on an answer of another person's too."""
        found = await self._feedback.get(request.run_id, request.user_id)
        if found is None:
            raise FeedbackNotFoundError
        return found
