"""Feedback: what a person thought of an answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from services.shared.domain.errors import ConflictError, NotFoundError
from services.shared.domain.ids import MessageId, RunId, UserId
from services.shared.domain.text import clean_text

MAX_COMMENT_LENGTH: Final = 2_000


class Rating(StrEnum):
    """A thumb."""

    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """What was good or bad about the answer, for counting; the comment has the words."""

    CORRECT = "correct"
    CLEAR = "clear"
    WRONG_FIGURE = "wrong_figure"
    MISUNDERSTOOD = "misunderstood"
    INCOMPLETE = "incomplete"
    HARD_TO_READ = "hard_to_read"
    TOO_SLOW = "too_slow"
    OTHER = "other"


class FeedbackNotFoundError(NotFoundError):
    """The caller has said nothing about this answer."""

    code = "feedback-not-found"

    def __init__(self) -> None:
        super().__init__("You gave no feedback on this answer. Give some with PUT /runs/{run_id}/feedback.")


class NothingToRateError(ConflictError):
    """The run has no answer that could be rated."""

    code = "nothing-to-rate"

    def __init__(self) -> None:
        super().__init__("This run has no answer to rate: it is still being answered, or it failed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One person's word on one answer; a new one takes its place.

    `message_id` is the answer's, None of an answer that was cancelled. `comment` is None or 1 to 2,000 characters.
    """

    run_id: RunId
    user_id: UserId
    message_id: MessageId | None
    rating: Rating
    reason: Reason | None
    comment: str | None
    created_at: datetime
    updated_at: datetime


def parse_comment(text: str | None) -> str | None:
    """The comment; None when there is none or only white space. TooLargeError above 2,000 characters."""
    if text is None or not text.strip():
        return None
    return clean_text(text, what="A comment", limit=MAX_COMMENT_LENGTH)
