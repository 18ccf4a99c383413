"""What a list of transactions comes to: income, spending and their parts.

Income is what came in under the income categories. Spending of a category is what went out less what came back: a
refund may make it negative in a month, and it stays so. A transfer is neither. Investments, loan instalments and
insurance count as spending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from services.financial.domain.categorisation.text import same_name
from services.financial.domain.category import INCOME_CATEGORIES, Category, is_spending
from services.financial.domain.filters import Grouping
from services.financial.domain.period import Month
from services.financial.domain.records.parts import Part
from services.financial.domain.transaction import Transaction
from services.shared.domain.money import Money

SPENDING_CATEGORIES: Final = frozenset(category for category in Category if is_spending(category))
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """The signed sum of a group of transactions of one currency, and how many they are.

    `key` is the category, the payee, the month (2026-10), the account's id, or "" when nothing is grouped.
    """

    key: str
    amount: Money
    count: int


@dataclass(frozen=True, slots=True)
class MonthlySummary:
    """One month in one currency: both totals, and spending by category for the categories that occur in it."""

    month: Month
    income: Money
    spending: Money
    by_category: dict[Category, Money]


@dataclass(frozen=True, slots=True)
class MonthlyFlow:
    """Income and spending of one month."""

    month: Month
    income: Money
    spending: Money

    @property
    def net(self) -> Money:
        """What is left of the income."""
        return self.income - self.spending


def group_key(transaction: Transaction, grouping: Grouping, entry: Transaction | Part | None = None) -> str:
    """The group that a transaction, or one entry of it, belongs to."""
    entry = entry or transaction
    match grouping:
        case Grouping.CATEGORY:
            return entry.category.value
        case Grouping.OWN_CATEGORY:
            return entry.own_category.name if entry.own_category else entry.category.value
        case Grouping.PAYEE:
            return transaction.payee
        case Grouping.MONTH:
            return str(Month.of(transaction.booked_on))
        case Grouping.ACCOUNT:
            return str(transaction.account_id)
        case Grouping.NONE:
            return ""


def total_by(transactions: Iterable[Transaction], grouping: Grouping, currency: str) -> list[GroupTotal]:
    """Signed totals of the transactions in `currency`, by group, in the order of the keys.

    Where categories are told apart, a split transaction counts by its parts.
    """
    by_part = grouping in (Grouping.CATEGORY, Grouping.OWN_CATEGORY)
    amounts: dict[str, list[Money]] = defaultdict(list)
    for transaction in transactions:
        if transaction.amount.currency == currency:
            for entry in (by_part and transaction.parts) or (transaction,):
                amounts[group_key(transaction, grouping, entry)].append(entry.amount)
    totals = [GroupTotal(key, Money.total(amounts[key], currency), len(amounts[key])) for key in sorted(amounts)]
    return by_one_spelling(totals) if grouping is Grouping.PAYEE else totals


def by_one_spelling(totals: Iterable[GroupTotal]) -> list[GroupTotal]:
    """Totals by payee with those of one name together (SWIGGY, SWIGGY LTD), in the order of the keys.

    The key is the shortest spelling: who looks for it finds the others as well.
    """
    spellings: dict[str, list[GroupTotal]] = defaultdict(list)
    for total in totals:
        spellings[same_name(total.key)].append(total)
    merged = [
        GroupTotal(
            min((one.key for one in of_one), key=lambda name: (len(name), name)),
            Money.total((one.amount for one in of_one), of_one[0].amount.currency),
            sum(one.count for one in of_one),
        )
        for of_one in spellings.values()
    ]
    return sorted(merged, key=lambda total: total.key)


def summarise_month(totals: Iterable[GroupTotal], month: Month, currency: str) -> MonthlySummary:
    """The month whose totals by category these are."""
    income, by_category = Money.zero(currency), {}
    for total in totals:
        category = Category(total.key)
        if category in INCOME_CATEGORIES:
            income += total.amount
        elif is_spending(category):
            by_category[category] = -total.amount
    return MonthlySummary(month, income, Money.total(by_category.values(), currency), by_category)


def share_percent(part: Money, whole: Money) -> Decimal:
    """How much of the whole a part is, in percent with one decimal (half to even); 0.0 of nothing."""
    if not whole.amount:
        return Decimal("0.0")
    # Zero has no sign: + 0 takes it away.
    return (part.amount * 100 / whole.amount).quantize(_TENTH, ROUND_HALF_EVEN) + 0
