"""Income against spending, with what spending was for and what was saved of the income."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.financial.domain.category import INCOME_CATEGORIES, Category, is_spending
from services.financial.domain.period import Month, Period
from services.financial.domain.summary import share_percent
from services.shared.domain.money import Money


class Purpose(StrEnum):
    """What spending was for.

    `committed` is owed by contract or law, `essential` is needed but can vary, `discretionary` is a choice, and
    `invested` is money put aside, which leaves the cash flow but not the person's wealth.
    """

    COMMITTED = "committed"
    ESSENTIAL = "essential"
    DISCRETIONARY = "discretionary"
    INVESTED = "invested"


PURPOSES: Final[Mapping[Category, Purpose]] = MappingProxyType(
    {
        Category.RENT: Purpose.COMMITTED,
        Category.LOAN_EMI: Purpose.COMMITTED,
        Category.INSURANCE: Purpose.COMMITTED,
        Category.EDUCATION: Purpose.COMMITTED,
        Category.TAX: Purpose.COMMITTED,
        Category.FEES: Purpose.COMMITTED,
        Category.SUBSCRIPTIONS: Purpose.COMMITTED,
        Category.UTILITIES: Purpose.ESSENTIAL,
        Category.GROCERIES: Purpose.ESSENTIAL,
        Category.HEALTH: Purpose.ESSENTIAL,
        Category.TRANSPORT: Purpose.ESSENTIAL,
        Category.FUEL: Purpose.ESSENTIAL,
        Category.DINING: Purpose.DISCRETIONARY,
        Category.SHOPPING: Purpose.DISCRETIONARY,
        Category.TRAVEL: Purpose.DISCRETIONARY,
        Category.GIFTS: Purpose.DISCRETIONARY,
        Category.CASH: Purpose.DISCRETIONARY,
        Category.OTHER: Purpose.DISCRETIONARY,
        Category.INVESTMENTS: Purpose.INVESTED,
    }
)
# Records of a month may start or end some days inside it, as people do not pay every day.
_FIRST_DAYS: Final = timedelta(days=4)
_LAST_DAYS: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class MonthCategoryTotal:
    """The signed sum of one category's transactions in one month, and how many they are."""

    month: Month
    category: Category
    amount: Money
    count: int


@dataclass(frozen=True, slots=True)
class MonthBudget:
    """One month: income, and spending by purpose. `is_whole` says that the records cover all of it."""

    month: Month
    income: Money
    spent: Mapping[Purpose, Money]
    is_whole: bool

    @property
    def spending(self) -> Money:
        """All that went out, refunds taken off, investments included."""
        return Money.total(self.spent.values(), self.income.currency)

    @property
    def net(self) -> Money:
        """What is left of the income."""
        return self.income - self.spending

    @property
    def saved(self) -> Money:
        """Income less consumption: what is left, and what was invested.

        Saving is disposable income less consumption (System of National Accounts 2008, paragraph 9.2); buying a fund
        is no consumption. Instalments of loans count as spending here, principal included, as statements do not split
        them.
        """
        return self.net + self.spent[Purpose.INVESTED]


def month_budgets(
    totals: Iterable[MonthCategoryTotal], months: Sequence[Month], period: Period, recorded: Period, currency: str
) -> list[MonthBudget]:
    """Each of the months, those without transactions with zeros; totals of other months are not looked at.

    A month is whole when all of it lies in `period` and the records cover it.
    """
    zero = Money.zero(currency)
    income = dict.fromkeys(months, zero)
    spent = {month: dict.fromkeys(Purpose, zero) for month in months}
    for total in totals:
        if total.month not in spent:
            continue
        if total.category in INCOME_CATEGORIES:
            income[total.month] += total.amount
        elif is_spending(total.category):
            spent[total.month][PURPOSES[total.category]] -= total.amount
    return [
        MonthBudget(
            month,
            income[month],
            spent[month],
            is_whole=month.first in period and month.last in period and covers(recorded, month),
        )
        for month in months
    ]


def covers(recorded: Period, month: Month) -> bool:
    """Whether records cover the month: they begin by its fifth day and go on to its last four."""
    return recorded.start <= month.first + _FIRST_DAYS and recorded.end >= month.last - _LAST_DAYS


def savings_rate(saved: Money, income: Money) -> Decimal | None:
    """What was saved of the income, in percent with one decimal; None without income."""
    return share_percent(saved, income) if income.amount > 0 else None
