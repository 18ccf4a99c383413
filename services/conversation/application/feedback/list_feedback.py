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


@dataclass(frozen=True, slots=True)
class FeedbackPageView:
    """A page; `before` continues with older answers and is None on the last one."""

    feedback: tuple[Feedback, ...]
    before: RunId | None


class ListFeedback:
    """Query: the caller's own, of the newest answers first."""

    def __init__(self, feedback: FeedbackReader) -> None:
        self._feedback = feedback

    async def __call__(self, request: ListFeedbackRequest) -> FeedbackPageView:
        """InvalidInputError for a limit out of range."""
        if not 1 <= request.limit <= 100:
            raise InvalidInputError("limit must be from 1 to 100.")
        found = await self._feedback.page(request.user_id, request.before, request.limit + 1)
        page = tuple(found[: request.limit])
        return FeedbackPageView(page, page[-1].run_id if len(found) > len(page) else None)
