"""All that the caller thought of answers."""

from dataclasses import dataclass

from services.conversation.domain.feedback.feedback import Feedback
from services.conversation.domain.feedback.repositories import FeedbackReader
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFeedbackRequest:
    """`limit` is from 1 to 100; `before` (the last run of a page) continues with older answers."""

    user_id: UserId
    before: RunId | None = None
    limit: int = 20


class ListFeedback:
    """Query: the caller's own, of the newest answers first."""

    def __init__(self, feedback: FeedbackReader) -> None:
        self._feedback = feedback

    async def __call__(self, request: ListFeedbackRequest) -> list[Feedback]:
        """InvalidInputError for a limit out of range."""
        if not 1 <= request.limit <= 100:
            raise InvalidInputError("limit must be from 1 to 100.")
        return await self._feedback.page(request.user_id, request.before, request.limit)
