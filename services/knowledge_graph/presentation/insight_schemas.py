"""Response bodies of the questions about flows. Amounts are decimal strings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.knowledge_graph.application.insights.views import (
    AccountImpactView,
    GoalDependenciesView,
    MoneyFlowView,
)
from services.knowledge_graph.domain.insights.dependencies import AccountRole
from services.knowledge_graph.domain.insights.flow import FlowKind

Amount = Annotated[Decimal, Field(examples=["12500.00"])]
Percent = Annotated[Decimal, Field(examples=["41.7"])]


class _Read(BaseModel):
    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class _PeriodResponse(_Read):
    as_of: date
    from_: date = Field(alias="from", description="First day looked at.")
    to: date = Field(description="Last day looked at, included.")
    months: int = Field(description="How many complete months that is.")


class FlowResponse(_Read):
    """Money from one end to the other."""

    kind: FlowKind
    source: str = Field(examples=["ACME Ltd"])
    target: str = Field(examples=["HDFC savings"])
    total: Amount
    monthly: Amount
    shared: bool = Field(description="It counts towards several goals, each told the whole of it.")


class MoneyFlowResponse(_PeriodResponse):
    """How money flowed, each kind's largest flows first."""

    currency: str
    income: Amount
    spending: Amount
    to_goals: Amount = Field(description="What came into accounts that goals are linked to.")
    flows: list[FlowResponse]
    left_out: list[str]

    @classmethod
    def of(cls, view: MoneyFlowView) -> MoneyFlowResponse:
        """The response for a view."""
        return cls.model_validate(_fields(view.flow) | _period(view))


class PayeeSumResponse(_Read):
    """A payee in one category."""

    payee: str
    category: str
    total: Amount
    monthly: Amount
    share_percent: Percent
    count: int


class CategorySumResponse(_Read):
    """A category."""

    category: str
    total: Amount
    monthly: Amount
    share_percent: Percent


class NeededAccountResponse(_Read):
    """An account that a goal depends on."""

    account_id: UUID
    name: str
    role: AccountRole
    monthly: Amount = Field(description="What it sends to the goal's accounts, or takes in.")


class GoalDependenciesResponse(_PeriodResponse):
    """What a goal depends on."""

    goal_id: UUID
    goal: str
    currency: str
    basis: str = Field(description="What was followed.")
    accounts: list[NeededAccountResponse]
    payees: list[PayeeSumResponse] = Field(description="Who pays into these accounts.")
    categories: list[CategorySumResponse] = Field(description="What these accounts spend on.")
    left_out: list[str]

    @classmethod
    def of(cls, view: GoalDependenciesView) -> GoalDependenciesResponse:
        """The response for a view."""
        return cls.model_validate(_fields(view.dependencies) | _period(view))


class AffectedGoalResponse(_Read):
    """A goal that needs another account."""

    goal_id: UUID
    goal: str
    reason: str


class BrokenTransferResponse(_Read):
    """A flow between own accounts that needs another way."""

    account: str
    direction: str = Field(examples=["out"])
    monthly: Amount
    count: int


class AccountImpactResponse(_PeriodResponse):
    """What breaks when an account is closed."""

    account_id: UUID
    account: str
    currency: str
    income_percent: Percent = Field(description="Its share of all income in its currency.")
    spending_percent: Percent
    goals: list[AffectedGoalResponse]
    income: list[PayeeSumResponse] = Field(description="Who would have to pay elsewhere.")
    regular_payments: list[PayeeSumResponse] = Field(description="Payees paid in at least half of the months.")
    transfers: list[BrokenTransferResponse]
    left_out: list[str]

    @classmethod
    def of(cls, view: AccountImpactView) -> AccountImpactResponse:
        """The response for a view."""
        return cls.model_validate(_fields(view.impact) | _period(view))


def _period(view: MoneyFlowView | GoalDependenciesView | AccountImpactView) -> dict[str, object]:
    return {"as_of": view.as_of, "from": view.from_, "to": view.to, "months": view.months}


def _fields(result: object) -> dict[str, object]:
    return {name: getattr(result, name) for name in result.__dataclass_fields__}  # type: ignore[attr-defined]
