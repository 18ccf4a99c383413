"""Request and response bodies of the goal routes. Amounts are decimal strings."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.goals.application.create_goal import CreateGoalRequest
from services.goals.application.goal_view import GoalView
from services.goals.application.list_goals import GoalListView
from services.goals.domain.goal import DEFAULT_PRIORITY, LOWEST_PRIORITY, MAX_NAME_LENGTH, GoalType
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


class CreateGoalBody(BaseModel):
    """A new goal."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=MAX_NAME_LENGTH, examples=["Trip to Ladakh"])
    goal_type: GoalType
    target_amount: str = Field(max_length=40, description="Above 0.", examples=["150000.00"])
    target_date: date = Field(description="In the future.", examples=["2030-03-31"])
    saved_amount: str = Field(default="0", max_length=40, description="Set aside already.", examples=["25000.00"])
    currency: str = Field(default="INR", description="ISO 4217.", examples=["INR"])
    priority: int = Field(default=DEFAULT_PRIORITY, ge=1, le=LOWEST_PRIORITY, description="1 is first.")

    def to_request(self, user_id: UserId) -> CreateGoalRequest:
        """The command's request; InvalidInputError for an amount or a currency that is none."""
        return CreateGoalRequest(
            user_id=user_id,
            name=self.name,
            goal_type=self.goal_type,
            target_amount=Money.parse(self.target_amount, self.currency),
            target_date=self.target_date,
            saved_amount=Money.parse(self.saved_amount, self.currency),
            priority=self.priority,
        )


class GoalResponse(BaseModel):
    """A goal and how far it is today."""

    id: UUID
    name: str
    goal_type: GoalType
    currency: str
    target_amount: str = Field(examples=["150000.00"])
    target_date: date
    saved_amount: str = Field(examples=["25000.00"])
    priority: int
    created_at: datetime
    as_of: date = Field(description="The day for which the figures below are told.")
    remaining_amount: str = Field(examples=["125000.00"])
    progress_percent: str = Field(description="One decimal, rounded down.", examples=["16.6"])
    months_left: int = Field(description="Whole months to target_date.")
    required_monthly: str = Field(
        description="remaining_amount / months_left, rounded up; no return on the savings is assumed.",
        examples=["4166.67"],
    )

    @classmethod
    def of(cls, view: GoalView) -> GoalResponse:
        """The response for a goal."""
        goal, progress = view.goal, view.progress
        return cls(
            id=goal.id,
            name=goal.name,
            goal_type=goal.goal_type,
            currency=goal.target_amount.currency,
            target_amount=str(goal.target_amount),
            target_date=goal.target_date,
            saved_amount=str(goal.saved_amount),
            priority=goal.priority,
            created_at=goal.created_at,
            as_of=progress.as_of,
            remaining_amount=str(progress.remaining_amount),
            progress_percent=f"{progress.progress_percent:f}",
            months_left=progress.months_left,
            required_monthly=str(progress.required_monthly),
        )


class GoalListResponse(BaseModel):
    """All goals, by priority, then the nearest day."""

    as_of: date
    goals: list[GoalResponse]

    @classmethod
    def of(cls, view: GoalListView) -> GoalListResponse:
        """The response for a list."""
        return cls(as_of=view.as_of, goals=[GoalResponse.of(goal) for goal in view.goals])
