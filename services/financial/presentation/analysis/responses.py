"""Response bodies of the analyses of totals. Amounts are decimal strings; see the views for what each figure means."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.financial.domain.account import AccountType
from services.financial.domain.category import Category
from services.financial.presentation.responses import Exact, From, LeftOutResponse, ViewResponse


class ClassAmountResponse(ViewResponse):
    """What is held, or owed, in one kind of account."""

    account_type: AccountType
    amount: Exact


class NetWorthPointResponse(ViewResponse):
    """Net worth at the end of `as_of`; `change` is against the month before."""

    month: str = Field(examples=["2026-10"])
    as_of: date
    net_worth: Exact = Field(examples=["184220.15"])
    assets: Exact
    liabilities: Exact
    change: Exact | None
    by_asset: list[ClassAmountResponse]
    by_liability: list[ClassAmountResponse]


class NetWorthSeriesResponse(ViewResponse):
    """Net worth month by month, oldest first; `change` is from the first point to the last."""

    as_of: date
    currency: str
    net_worth: Exact
    change: Exact
    change_percent: Exact | None
    highest: Exact
    lowest: Exact
    points: list[NetWorthPointResponse]
    left_out: list[LeftOutResponse]


class PurposeResponse(ViewResponse):
    """What went out for one purpose."""

    purpose: str = Field(examples=["committed"])
    amount: Exact
    share_percent: Exact


class MonthBudgetResponse(ViewResponse):
    """One month; `saved` is net and what was invested."""

    month: str
    income: Exact
    spending: Exact
    invested: Exact
    net: Exact
    saved: Exact
    savings_rate_percent: Exact | None
    is_whole: bool = Field(description="The records cover all of the month.")


class CashFlowAnalysisResponse(ViewResponse):
    """Income, spending by purpose, and saving. Averages are of the whole months; null without one."""

    from_: date = From
    to: date
    as_of: date
    currency: str
    income: Exact
    spending: Exact
    invested: Exact
    net: Exact
    saved: Exact
    savings_rate_percent: Exact | None
    average_income: Exact | None
    average_spending: Exact | None
    average_saved: Exact | None
    whole_months: int
    purposes: list[PurposeResponse]
    months: list[MonthBudgetResponse]
    incomplete_months: list[str]
    left_out: list[LeftOutResponse]


class MonthAmountResponse(ViewResponse):
    """A figure of one month."""

    month: str
    amount: Exact


class IncomeStabilityResponse(ViewResponse):
    """How steady income was over whole months."""

    from_: date = From
    to: date
    as_of: date
    currency: str
    months: int
    mean: Exact
    median: Exact
    lowest: Exact
    highest: Exact
    coefficient_of_variation: Exact | None = Field(examples=["0.084"])
    steadiness: str = Field(examples=["steady"])
    spikes: int = Field(description="Months more than a quarter above the median.")
    dips: int = Field(description="Months more than a quarter below the median.")
    months_without_income: int
    salary_share_percent: Exact
    incomes: list[MonthAmountResponse]
    incomplete_months: list[str]
    left_out: list[LeftOutResponse]


class DriverResponse(ViewResponse):
    """What one category, or one payee, did to the change."""

    category: Category
    payee: str | None
    before: Exact
    after: Exact
    change: Exact
    count_before: int
    count_after: int
    movement: str = Field(examples=["new"], description="new, stopped, more, less or same.")


class ComparisonResponse(ViewResponse):
    """Two periods and what moved the figure; both lists of drivers account for all of `change`."""

    before_from: date
    before_to: date
    after_from: date
    after_to: date
    as_of: date
    currency: str
    measure: str = Field(examples=["spending"])
    before: Exact
    after: Exact
    change: Exact
    change_percent: Exact | None
    before_days_without_records: int
    after_days_without_records: int
    categories: list[DriverResponse]
    payees: list[DriverResponse]
    other_payees_change: Exact
    left_out: list[LeftOutResponse]
