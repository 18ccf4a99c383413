"""Request bodies of the planning routes."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.goals.application.planning.allocate_surplus import AllocateSurplusRequest
from services.goals.application.planning.plan_retirement import PlanRetirementRequest
from services.goals.application.planning.set_assumptions import SetAssumptionsRequest
from services.goals.application.planning.what_if_goal import WhatIfGoalRequest
from services.goals.domain.planning.retirement import MAX_AGE, MIN_AGE
from services.goals.domain.planning.simulation import (
    DEFAULT_PATHS,
    DEFAULT_SEED,
    MAX_PATHS,
    MAX_SEED,
    MIN_PATHS,
)
from services.goals.presentation.amounts import AmountText, Body, number, optional_number
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money


class WhatIfBody(Body):
    """What would change; at least one thing. What is left out stays as it is."""

    target_amount: AmountText | None = Field(default=None, description="At today's prices.", examples=["180000.00"])
    target_date: date | None = Field(default=None, description="In the future.", examples=["2031-03-31"])
    expected_return_percent: AmountText | None = Field(
        default=None, description="A year, -20 to 30, in place of the glide path's.", examples=["9"]
    )
    monthly_contribution: AmountText | None = Field(default=None, examples=["6000.00"])
    step_up_percent: AmountText | None = Field(default=None, description="0 to 50.", examples=["10"])
    lump_sum: AmountText | None = Field(default=None, description="Added today.", examples=["50000.00"])
    paths: int = Field(default=DEFAULT_PATHS, ge=MIN_PATHS, le=MAX_PATHS)
    seed: int = Field(default=DEFAULT_SEED, ge=0, le=MAX_SEED)

    def to_request(self, user_id: UserId, goal_id: GoalId) -> WhatIfGoalRequest:
        """The query's request; InvalidInputError for a number that is none."""
        return WhatIfGoalRequest(
            user_id=user_id,
            goal_id=goal_id,
            target_amount=optional_number("target_amount", self.target_amount),
            target_date=self.target_date,
            expected_return_percent=optional_number("expected_return_percent", self.expected_return_percent),
            monthly_contribution=optional_number("monthly_contribution", self.monthly_contribution),
            step_up_percent=optional_number("step_up_percent", self.step_up_percent),
            lump_sum=optional_number("lump_sum", self.lump_sum),
            paths=self.paths,
            seed=self.seed,
        )


class AllocationBody(Body):
    """What is left over each month."""

    surplus: AmountText = Field(description="A month, above 0.", examples=["40000.00"])
    currency: str = Field(default="INR", description="ISO 4217.", examples=["INR"])
    unit: AmountText = Field(default="1", description="Shares are multiples of it.", examples=["100"])

    def to_request(self, user_id: UserId) -> AllocateSurplusRequest:
        """The query's request; InvalidInputError for an amount or a currency that is none."""
        return AllocateSurplusRequest(
            user_id=user_id,
            surplus=Money.parse(self.surplus, self.currency),
            unit=number("unit", self.unit),
        )


class RetirementBody(Body):
    """Your age and means; amounts at today's prices."""

    age: int = Field(ge=MIN_AGE, le=MAX_AGE, examples=[35])
    retire_at: int = Field(ge=MIN_AGE, le=MAX_AGE + 10, examples=[55])
    monthly_expenses: AmountText = Field(description="Above 0.", examples=["60000.00"])
    saved: AmountText | None = Field(
        default=None, description="By default what is saved for your retirement goals.", examples=["2500000.00"]
    )
    monthly_contribution: AmountText = Field(default="0", examples=["40000.00"])
    step_up_percent: AmountText = Field(default="0", description="0 to 50.", examples=["10"])
    monthly_pension: AmountText = Field(default="0", description="Rises with prices.", examples=["0"])
    currency: str = Field(default="INR", description="ISO 4217.", examples=["INR"])
    paths: int = Field(default=DEFAULT_PATHS, ge=MIN_PATHS, le=MAX_PATHS)
    seed: int = Field(default=DEFAULT_SEED, ge=0, le=MAX_SEED)

    def to_request(self, user_id: UserId) -> PlanRetirementRequest:
        """The query's request; InvalidInputError for a number or a currency that is none."""
        return PlanRetirementRequest(
            user_id=user_id,
            age=self.age,
            retire_at=self.retire_at,
            monthly_expenses=Money.parse(self.monthly_expenses, self.currency),
            saved=None if self.saved is None else Money.parse(self.saved, self.currency),
            monthly_contribution=Money.parse(self.monthly_contribution, self.currency),
            step_up_percent=number("step_up_percent", self.step_up_percent),
            monthly_pension=Money.parse(self.monthly_pension, self.currency),
            paths=self.paths,
            seed=self.seed,
        )


class AssumptionsBody(Body):
    """Your own figures by name; null goes back to the program's."""

    values: dict[str, AmountText | None] = Field(
        max_length=50, examples=[{"equity.expected_return_percent": "10", "life_expectancy_years": None}]
    )

    def to_request(self, user_id: UserId) -> SetAssumptionsRequest:
        """The command's request; InvalidInputError for a number that is none."""
        values = {name: optional_number(name[:60], text) for name, text in self.values.items()}
        return SetAssumptionsRequest(user_id=user_id, values=values)
