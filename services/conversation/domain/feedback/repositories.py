"""Ports of feedback."""

from typing import Protocol

from services.conversation.domain.feedback.feedback import Feedback
from services.shared.domain.ids import RunId, UserId


class FeedbackRepository(Protocol):
    """Feedback inside a unit of work."""

    async def put(self, given: Feedback) -> Feedback:
        """Keep it in place of the same person's earlier one on the same answer, whose `created_at` stays."""
        ...

    async def delete(self, run_id: RunId, user_id: UserId) -> bool:
        """Take the caller's back; whether there was one."""
        ...


class FeedbackReader(Protocol):
    """Reads of feedback, each person's own."""

    async def get(self, run_id: RunId, user_id: UserId) -> Feedback | None:
        """The caller's word on an answer; None when there is none."""
        ...

    async def page(self, user_id: UserId, before: RunId | None, limit: int) -> list[Feedback]:
        """The caller's, of the newest answers first, below a run's id."""
        ...
