"""A goal: an amount of money that a person wants to have by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money
from services.shared.domain.text import clean_text

MAX_NAME_LENGTH: Final = 100
MAX_AMOUNT: Final = Decimal(10) ** 15
MAX_YEARS_AHEAD: Final = 100
LOWEST_PRIORITY: Final = 5
DEFAULT_PRIORITY: Final = 3


class GoalType(StrEnum):
    """What the money is for."""

    EMERGENCY_FUND = "emergency_fund"
    HOME = "home"
    CAR = "car"
    EDUCATION = "education"
    RETIREMENT = "retirement"
    TRAVEL = "travel"
    WEDDING = "wedding"
    DEBT_PAYOFF = "debt_payoff"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`priority` runs from 1 (first) to 5 (last). `saved_amount` is what is set aside already, as the person says.

    Built only with values that hold at all times; that the day lies ahead is checked when a goal is made.
    """

    id: GoalId
    user_id: UserId
    name: str
    goal_type: GoalType
    target_amount: Money
    target_date: date
    saved_amount: Money
    priority: int
    created_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_text(self.name, what="A goal's name", limit=MAX_NAME_LENGTH))
        if not 0 < self.target_amount.amount <= MAX_AMOUNT:
            raise InvalidInputError(f"target_amount must be above 0 and at most {MAX_AMOUNT:,}.")
        if not 0 <= self.saved_amount.amount <= MAX_AMOUNT:
            raise InvalidInputError(f"saved_amount must be from 0 to {MAX_AMOUNT:,}.")
        if self.saved_amount.currency != self.target_amount.currency:
            raise InvalidInputError("saved_amount must be in the currency of target_amount.")
        if not 1 <= self.priority <= LOWEST_PRIORITY:
            raise InvalidInputError(f"priority must be from 1 (first) to {LOWEST_PRIORITY} (last).")


def require_future(target_date: date, today: date) -> None:
    """InvalidInputError unless the day comes after today, within a hundred years."""
    if target_date <= today:
        raise InvalidInputError(f"target_date must be in the future; {target_date} is not after today, {today}.")
    if target_date.year > today.year + MAX_YEARS_AHEAD:
        raise InvalidInputError(f"target_date must be within {MAX_YEARS_AHEAD} years from today, {today}.")
