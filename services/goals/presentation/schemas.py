"""Request and response bodies of the goal routes. Amounts are decimal strings."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.goals.application.create_goal import CreateGoalRequest
from services.goals.application.goal_view import GoalView
from services.goals.application.link_accounts import LinkAccountsRequest
from services.goals.application.list_goals import GoalListView
from services.goals.application.update_goal import UpdateGoalRequest
from services.goals.domain.goal import DEFAULT_PRIORITY, LOWEST_PRIORITY, MAX_NAME_LENGTH, GoalState, GoalType
from services.goals.domain.savings import MAX_LINKS, AccountLink
from services.goals.presentation.amounts import AmountText, Body, Exact, number, optional_number
from services.shared.domain.ids import AccountId, GoalId, UserId
from services.shared.domain.money import Money


class CreateGoalBody(Body):
    """A new goal."""

    name: str = Field(min_length=1, max_length=MAX_NAME_LENGTH, examples=["Trip to Ladakh"])
    goal_type: GoalType
    target_amount: str = Field(max_length=40, description="Above 0.", examples=["150000.00"])
    target_date: date = Field(description="In the future.", examples=["2030-03-31"])
    saved_amount: str = Field(default="0", max_length=40, description="Set aside already.", examples=["25000.00"])
    currency: str = Field(default="INR", description="ISO 4217.", examples=["INR"])
    priority: int = Field(default=DEFAULT_PRIORITY, ge=1, le=LOWEST_PRIORITY, description="1 is first.")
    inflation_adjusted: bool | None = Field(
        default=None,
        description="Whether target_amount is at today's prices and rises with them; yes unless it is a debt.",
    )
    monthly_contribution: AmountText = Field(default="0", description="Meant to be added.", examples=["4000.00"])
    step_up_percent: AmountText = Field(default="0", description="Rise of it each year, 0 to 50.", examples=["10"])

    def to_request(self, user_id: UserId) -> CreateGoalRequest:
        """The command's request; InvalidInputError for an amount or a currency that is none."""
        monthly = Money.parse(self.monthly_contribution, self.currency)
        return CreateGoalRequest(
            user_id=user_id,
            name=self.name,
            goal_type=self.goal_type,
            target_amount=Money.parse(self.target_amount, self.currency),
            target_date=self.target_date,
            saved_amount=Money.parse(self.saved_amount, self.currency),
            priority=self.priority,
            inflation_adjusted=self.inflation_adjusted,
            monthly_contribution=monthly if monthly.amount else None,
            step_up_percent=number("step_up_percent", self.step_up_percent),
        )


class UpdateGoalBody(Body):
    """What changes; what is left out or null stays as it is. A new target_amount is at today's prices."""

    name: str | None = Field(default=None, min_length=1, max_length=MAX_NAME_LENGTH, examples=["Trip to Spiti"])
    target_amount: AmountText | None = Field(default=None, examples=["180000.00"])
    target_date: date | None = Field(default=None, description="In the future.", examples=["2030-03-31"])
    saved_amount: AmountText | None = Field(default=None, description="Set aside, apart from linked accounts.")
    priority: int | None = Field(default=None, ge=1, le=LOWEST_PRIORITY, description="1 is first.")
    inflation_adjusted: bool | None = None
    monthly_contribution: AmountText | None = Field(default=None, description="0 for none.", examples=["5000.00"])
    step_up_percent: AmountText | None = Field(default=None, description="0 to 50.", examples=["10"])

    def to_request(self, user_id: UserId, goal_id: GoalId) -> UpdateGoalRequest:
        """The command's request; InvalidInputError for an amount that is none."""
        return UpdateGoalRequest(
            user_id=user_id,
            goal_id=goal_id,
            name=self.name,
            target_amount=optional_number("target_amount", self.target_amount),
            target_date=self.target_date,
            saved_amount=optional_number("saved_amount", self.saved_amount),
            priority=self.priority,
            inflation_adjusted=self.inflation_adjusted,
            monthly_contribution=optional_number("monthly_contribution", self.monthly_contribution),
            step_up_percent=optional_number("step_up_percent", self.step_up_percent),
        )


class LinkBody(Body):
    """An account, and how much of its balance counts."""

    account_id: UUID = Field(description="id from GET /accounts.")
    share_percent: AmountText = Field(default="100", description="Above 0, at most 100.", examples=["50"])


class LinkAccountsBody(Body):
    """Exactly the accounts that count towards the goal; an empty list unlinks all."""

    accounts: list[LinkBody] = Field(max_length=MAX_LINKS)

    def to_request(self, user_id: UserId, goal_id: GoalId) -> LinkAccountsRequest:
        """The command's request; InvalidInputError for a share that cannot be."""
        links = tuple(
            AccountLink(AccountId(link.account_id), number("share_percent", link.share_percent))
            for link in self.accounts
        )
        return LinkAccountsRequest(user_id=user_id, goal_id=goal_id, links=links)


class LinkResponse(BaseModel):
    """A linked account."""

    account_id: UUID
    share_percent: Exact


class GoalResponse(BaseModel):
    """A goal and how far it is today."""

    id: UUID
    name: str
    goal_type: GoalType
    state: GoalState = Field(description="As judged last: at each change, and once a day.")
    currency: str
    target_amount: str = Field(examples=["150000.00"])
    inflation_adjusted: bool = Field(description="Whether target_amount rises with prices from priced_on on.")
    priced_on: date
    target_date: date
    saved_amount: str = Field(description="set_aside_amount + linked_amount", examples=["25000.00"])
    set_aside_amount: str = Field(description="As you say, and by contributions.", examples=["25000.00"])
    linked_amount: str = Field(description="On linked accounts, by their shares.", examples=["0.00"])
    linked_accounts: list[LinkResponse]
    monthly_contribution: str = Field(description="Planned on contributes_from.", examples=["4000.00"])
    step_up_percent: str = Field(examples=["10"])
    contributes_from: date
    priority: int
    created_at: datetime
    as_of: date = Field(description="The day for which the figures below are told.")
    remaining_amount: str = Field(examples=["125000.00"])
    progress_percent: str = Field(description="One decimal, rounded down.", examples=["16.6"])
    months_left: int = Field(description="Whole months to target_date.")
    required_monthly: str = Field(
        description="remaining_amount / months_left, rounded up; no return and no rise of prices is assumed. "
        "GET /goals/{id}/plan assumes both.",
        examples=["4166.67"],
    )
    left_out: list[str] = Field(description="Linked accounts that could not be counted, and why.")

    @classmethod
    def of(cls, view: GoalView) -> GoalResponse:
        """The response for a goal."""
        goal, progress, savings = view.goal, view.progress, view.savings
        return cls(
            id=goal.id,
            name=goal.name,
            goal_type=goal.goal_type,
            state=goal.state,
            currency=goal.target_amount.currency,
            target_amount=str(goal.target_amount),
            inflation_adjusted=goal.inflation_adjusted,
            priced_on=goal.prices_of,
            target_date=goal.target_date,
            saved_amount=str(savings.total),
            set_aside_amount=str(savings.set_aside),
            linked_amount=str(savings.linked),
            linked_accounts=[
                LinkResponse(account_id=link.account_id, share_percent=link.share_percent) for link in view.links
            ],
            monthly_contribution=str(goal.planned_monthly),
            step_up_percent=f"{goal.step_up_percent:f}",
            contributes_from=goal.contributes_from,
            priority=goal.priority,
            created_at=goal.created_at,
            as_of=progress.as_of,
            remaining_amount=str(progress.remaining_amount),
            progress_percent=f"{progress.progress_percent:f}",
            months_left=progress.months_left,
            required_monthly=str(progress.required_monthly),
            left_out=list(savings.left_out),
        )


class GoalListResponse(BaseModel):
    """All goals, by priority, then the nearest day."""

    as_of: date
    goals: list[GoalResponse]

    @classmethod
    def of(cls, view: GoalListView) -> GoalListResponse:
        """The response for a list."""
        return cls(as_of=view.as_of, goals=[GoalResponse.of(goal) for goal in view.goals])
