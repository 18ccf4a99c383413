"""Say what one thought of an answer."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.events import AnswerRated
from services.conversation.domain.feedback.feedback import (
    Feedback,
    NothingToRateError,
    Rating,
    Reason,
    parse_comment,
)
from services.shared.domain.clock import Clock
from services.shared.domain.ids import RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFeedbackRequest:
    """On the answer of which run, and what."""

    user_id: UserId
    run_id: RunId
    rating: Rating
    reason: Reason | None = None
    comment: str | None = None


class GiveFeedback:
    """Command: one word per person and answer; another one takes its place."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: GiveFeedbackRequest) -> Feedback:
        """RunNotFoundError unless it is the caller's; NothingToRateError; TooLargeError for the comment."""
        comment, now = parse_comment(request.comment), self._clock.now()
        async with self._unit_of_work() as unit:
            run = await unit.runs.get(request.run_id, request.user_id)
            if run is None:
                raise RunNotFoundError
            if not run.answer:
                raise NothingToRateError
            given = await unit.feedback.put(
                Feedback(
                    run_id=run.id,
                    user_id=request.user_id,
                    message_id=run.message_id,
                    rating=request.rating,
                    reason=request.reason,
                    comment=comment,
                    created_at=now,
                    updated_at=now,
                )
            )
            unit.record(
                AnswerRated(
                    user_id=request.user_id,
                    occurred_at=now,
                    run_id=run.id,
                    rating=given.rating,
                    reason=given.reason,
                    model=run.model or "",
                    prompt_version=run.prompt_version,
                )
            )
            await unit.commit()
        return given
