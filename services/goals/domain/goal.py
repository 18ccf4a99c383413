"""A goal: an amount of money that a person wants to have by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.shared.domain.clock import INDIA
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money
from services.shared.domain.text import clean_text

MAX_NAME_LENGTH: Final = 100
MAX_AMOUNT: Final = Decimal(10) ** 15
MAX_YEARS_AHEAD: Final = 100
MAX_STEP_UP_PERCENT: Final = Decimal(50)
LOWEST_PRIORITY: Final = 5
DEFAULT_PRIORITY: Final = 3
MAX_GOALS: Final = 100


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

    @property
    def rises_with_prices(self) -> bool:
        """Whether such a goal costs more in later years, unless the person says otherwise; a debt does not."""
        return self is not GoalType.DEBT_PAYOFF


class GoalState(StrEnum):
    """Where a goal stands; see `standing.judge`."""

    UNPLANNED = "unplanned"
    ON_TRACK = "on_track"
    OFF_TRACK = "off_track"
    REACHED = "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`priority` runs from 1 (first) to 5 (last). `saved_amount` is what is set aside already, as the person says.

    With `inflation_adjusted`, `target_amount` is what the goal costs at the prices of `priced_on` (the day when it was
    made, unless given) and rises with them; otherwise it is the amount that is needed on the day. The person means to
    add `monthly_contribution` every month from `planned_from` on, `step_up_percent` more after every year; 0 says
    that nothing is planned. Built only with values that hold at all times; that the day lies ahead is checked when it
    is set.
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
    inflation_adjusted: bool = True
    priced_on: date | None = None
    monthly_contribution: Money | None = None
    step_up_percent: Decimal = Decimal(0)
    planned_from: date | None = None
    state: GoalState = GoalState.UNPLANNED

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_text(self.name, what="A goal's name", limit=MAX_NAME_LENGTH))
        if not 0 < self.target_amount.amount <= MAX_AMOUNT:
            raise InvalidInputError(f"target_amount must be above 0 and at most {MAX_AMOUNT:,}.")
        _require_amount("saved_amount", self.saved_amount, self.target_amount.currency)
        if self.monthly_contribution is not None:
            _require_amount("monthly_contribution", self.monthly_contribution, self.target_amount.currency)
        require_step_up(self.step_up_percent)
        object.__setattr__(self, "step_up_percent", round(self.step_up_percent, 2))
        if not 1 <= self.priority <= LOWEST_PRIORITY:
            raise InvalidInputError(f"priority must be from 1 (first) to {LOWEST_PRIORITY} (last).")

    @property
    def currency(self) -> str:
        """ISO 4217 code of every amount of the goal."""
        return self.target_amount.currency

    @property
    def prices_of(self) -> date:
        """The day at whose prices `target_amount` is told."""
        return self.priced_on or self._created_on

    @property
    def contributes_from(self) -> date:
        """The day when the planned contribution was set."""
        return self.planned_from or self._created_on

    @property
    def planned_monthly(self) -> Money:
        """The contribution that was planned, before any step-up; 0 when none is."""
        return self.monthly_contribution or Money.zero(self.currency)

    @property
    def _created_on(self) -> date:
        return self.created_at.astimezone(INDIA).date()


def require_step_up(percent: Decimal) -> None:
    """InvalidInputError unless it is from 0 to 50 with at most two decimals."""
    if not 0 <= percent <= MAX_STEP_UP_PERCENT or percent != round(percent, 2):
        raise InvalidInputError(f"step_up_percent must be from 0 to {MAX_STEP_UP_PERCENT}, with at most two decimals.")


def require_future(target_date: date, today: date) -> None:
    """InvalidInputError unless the day comes after today, within a hundred years."""
    if target_date <= today:
        raise InvalidInputError(f"target_date must be in the future; {target_date} is not after today, {today}.")
    if target_date.year > today.year + MAX_YEARS_AHEAD:
        raise InvalidInputError(f"target_date must be within {MAX_YEARS_AHEAD} years from today, {today}.")


def _require_amount(field: str, amount: Money, currency: str) -> None:
    if not 0 <= amount.amount <= MAX_AMOUNT:
        raise InvalidInputError(f"{field} must be from 0 to {MAX_AMOUNT:,}.")
    if amount.currency != currency:
        raise InvalidInputError(f"{field} must be in the currency of target_amount.")
