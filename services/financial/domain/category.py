"""What a transaction was for."""

from enum import StrEnum
from typing import Final


class Category(StrEnum):
    """The closed list of categories; every transaction has exactly one.

    `cash` is withdrawals and deposits of notes; `transfer` is money between the person's own accounts, card bills
    included; `other_income` is money in that is neither salary nor interest; `other` is everything unexplained.
    """

    SALARY = "salary"
    INTEREST = "interest"
    RENT = "rent"
    GROCERIES = "groceries"
    DINING = "dining"
    TRANSPORT = "transport"
    FUEL = "fuel"
    SHOPPING = "shopping"
    HEALTH = "health"
    TRAVEL = "travel"
    UTILITIES = "utilities"
    SUBSCRIPTIONS = "subscriptions"
    INSURANCE = "insurance"
    LOAN_EMI = "loan_emi"
    INVESTMENTS = "investments"
    CASH = "cash"
    TRANSFER = "transfer"
    EDUCATION = "education"
    TAX = "tax"
    FEES = "fees"
    GIFTS = "gifts"
    OTHER_INCOME = "other_income"
    OTHER = "other"


INCOME_CATEGORIES: Final = frozenset({Category.SALARY, Category.INTEREST, Category.OTHER_INCOME})


def is_spending(category: Category) -> bool:
    """Whether rows of the category count as spending: all but income and transfers between own accounts."""
    return category is not Category.TRANSFER and category not in INCOME_CATEGORIES
