"""What the analyses of totals answer; see `application.views` for what holds of all figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.application.views import LeftOutView
from services.financial.domain.account import AccountType
from services.financial.domain.category import Category


@dataclass(frozen=True, slots=True)
class ClassAmountView:
    """What is held, or owed, in one kind of account."""

    account_type: AccountType
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NetWorthPointView:
    """Net worth at the end of `as_of`, the month's last day or that of the newest record.

    `change` is against the month before; None in the first. Liabilities are sizes, not negative.
    """

    month: str
    as_of: date
    net_worth: Decimal
    assets: Decimal
    liabilities: Decimal
    change: Decimal | None
    by_asset: tuple[ClassAmountView, ...]
    by_liability: tuple[ClassAmountView, ...]


@dataclass(frozen=True, slots=True)
class NetWorthSeriesView:
    """Net worth month by month, oldest first.

    `change` is from the first point to the last, `change_percent` of the first point's size (one decimal; None when it
    was 0). No point is before the first record, or after the newest record or price.
    """

    as_of: date
    currency: str
    net_worth: Decimal
    change: Decimal
    change_percent: Decimal | None
    highest: Decimal
    lowest: Decimal
    points: tuple[NetWorthPointView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class PurposeView:
    """What went out for one purpose; `share_percent` is of all spending."""

    purpose: str
    amount: Decimal
    share_percent: Decimal


@dataclass(frozen=True, slots=True)
class MonthBudgetView:
    """One month of cash flow; see CashFlowAnalysisView. `is_whole` says that the records cover all of it."""

    month: str
    income: Decimal
    spending: Decimal
    invested: Decimal
    net: Decimal
    saved: Decimal
    savings_rate_percent: Decimal | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class CashFlowAnalysisView:
    """Income against spending, and what was saved.

    `spending` includes `invested`; `net` is income less spending, `saved` is net and what was invested. The rate is
    saved over income, None without income. Averages are of the whole months, None without one. `incomplete_months`
    lists those of which the records show a part.
    """

    from_: date
    to: date
    as_of: date
    currency: str
    income: Decimal
    spending: Decimal
    invested: Decimal
    net: Decimal
    saved: Decimal
    savings_rate_percent: Decimal | None
    average_income: Decimal | None
    average_spending: Decimal | None
    average_saved: Decimal | None
    whole_months: int
    purposes: tuple[PurposeView, ...]
    months: tuple[MonthBudgetView, ...]
    incomplete_months: tuple[str, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class MonthAmountView:
    """A figure of one month."""

    month: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class IncomeStabilityView:
    """How steady income was over whole months; see the domain's IncomeStability for each figure."""

    from_: date
    to: date
    as_of: date
    currency: str
    months: int
    mean: Decimal
    median: Decimal
    lowest: Decimal
    highest: Decimal
    coefficient_of_variation: Decimal | None
    steadiness: str
    spikes: int
    dips: int
    months_without_income: int
    salary_share_percent: Decimal
    incomes: tuple[MonthAmountView, ...]
    incomplete_months: tuple[str, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class DriverView:
    """What one category, or one payee, did to the change. `movement` is new, stopped, more, less or same."""

    category: Category
    payee: str | None
    before: Decimal
    after: Decimal
    change: Decimal
    count_before: int
    count_after: int
    movement: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Two periods and what moved the figure between them.

    The changes of `categories` add up to `change` exactly, and those of `payees` with `other_payees_change`. A payee in
    two categories is two drivers. `change_percent` is of `before`, None when that was 0. `days_without_records` counts
    days of each period that lie outside the records, for which nothing can be known.
    """

    before_from: date
    before_to: date
    after_from: date
    after_to: date
    as_of: date
    currency: str
    measure: str
    before: Decimal
    after: Decimal
    change: Decimal
    change_percent: Decimal | None
    before_days_without_records: int
    after_days_without_records: int
    categories: tuple[DriverView, ...]
    payees: tuple[DriverView, ...]
    other_payees_change: Decimal
    left_out: tuple[LeftOutView, ...]
