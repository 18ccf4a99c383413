"""Request and response bodies of contributions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.goals.application.list_contributions import ContributionsView
from services.goals.application.record_contribution import ContributionView, RecordContributionRequest
from services.goals.domain.contribution import MAX_NOTE_LENGTH, Contribution
from services.goals.presentation.amounts import AmountText, Body, number
from services.goals.presentation.schemas import GoalResponse
from services.shared.domain.ids import GoalId, UserId


class ContributionBody(Body):
    """Money set aside, in the goal's currency; a negative amount takes some back."""

    amount: AmountText = Field(description="Not 0.", examples=["5000.00"])
    made_on: date | None = Field(default=None, description="Today unless said.", examples=["2026-11-01"])
    note: str | None = Field(default=None, min_length=1, max_length=MAX_NOTE_LENGTH, examples=["Diwali bonus"])

    def to_request(self, user_id: UserId, goal_id: GoalId) -> RecordContributionRequest:
        """The command's request; InvalidInputError for an amount that is none."""
        return RecordContributionRequest(
            user_id=user_id,
            goal_id=goal_id,
            amount=number("amount", self.amount),
            made_on=self.made_on,
            note=self.note,
        )


class ContributionResponse(BaseModel):
    """A contribution; negative when money was taken back."""

    id: UUID
    amount: str = Field(examples=["5000.00"])
    currency: str
    made_on: date
    note: str | None
    created_at: datetime

    @classmethod
    def of(cls, contribution: Contribution) -> ContributionResponse:
        """The response for a contribution."""
        return cls(
            id=contribution.id,
            amount=str(contribution.amount),
            currency=contribution.amount.currency,
            made_on=contribution.made_on,
            note=contribution.note,
            created_at=contribution.created_at,
        )


class RecordedResponse(BaseModel):
    """The contribution, and the goal with it."""

    contribution: ContributionResponse
    goal: GoalResponse

    @classmethod
    def of(cls, view: ContributionView) -> RecordedResponse:
        """The response for a new contribution."""
        return cls(contribution=ContributionResponse.of(view.contribution), goal=GoalResponse.of(view.goal))


class ContributionsResponse(BaseModel):
    """A page, the newest entry first."""

    contributions: list[ContributionResponse]
    next_before: UUID | None = Field(description="`before` of the next page; null on the last.")

    @classmethod
    def of(cls, view: ContributionsView) -> ContributionsResponse:
        """The response for a page."""
        return cls(
            contributions=[ContributionResponse.of(one) for one in view.contributions], next_before=view.next_before
        )
