"""Budgets: how much a person means to spend on a category in a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from services.financial.domain.category import Category, is_spending
from services.financial.domain.period import Month
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money

BudgetId = NewType("BudgetId", UUID)

MAX_LIMIT: Final = Money.parse("1000000000000").amount
DEFAULT_ALERT_PERCENT: Final = 80
# Fifty years of changing one's mind every month.
MAX_LIMITS: Final = 600


class Rollover(StrEnum):
    """What of a month's rest goes over into the next: nothing, what was not used, or overspending as well."""

    NONE = "none"
    UNUSED = "unused"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class BudgetLimit:
    """The limit of each month from this one on, until the next limit."""

    month: Month
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One person's budget for one category in one currency.

    `limits` are in the order of their months, at least one; the first month is the budget's first. An alert is due when
    `alert_percent` (1 to 100) of what is available is spent.
    """

    id: BudgetId
    user_id: UserId
    category: Category
    rollover: Rollover
    alert_percent: int
    limits: tuple[BudgetLimit, ...]
    created_at: datetime

    def __post_init__(self) -> None:
        if not is_spending(self.category):
            raise InvalidInputError(
                f"'{self.category}' is not spending, so it cannot have a budget. Choose a category of spending.",
                extra={"field": "category"},
            )
        if not 1 <= self.alert_percent <= 100:
            raise InvalidInputError("alert_percent must lie between 1 and 100.", extra={"field": "alert_percent"})
        if len(self.limits) > MAX_LIMITS:
            raise InvalidInputError(
                f"A budget keeps at most {MAX_LIMITS} changes of its limit. Delete it and set it anew.",
                extra={"field": "amount"},
            )
        for limit in self.limits:
            if not 0 < limit.amount.amount <= MAX_LIMIT:
                raise InvalidInputError(
                    f"A budget's amount must be more than 0 and at most {MAX_LIMIT:f}.", extra={"field": "amount"}
                )

    @classmethod
    def start(
        cls,
        *,
        user_id: UserId,
        category: Category,
        limit: BudgetLimit,
        rollover: Rollover | None,
        alert_percent: int | None,
        now: datetime,
    ) -> Budget:
        """A new budget; without rollover, with an alert at 80 percent, unless something else is said."""
        return cls(
            id=BudgetId(new_uuid()),
            user_id=user_id,
            category=category,
            rollover=rollover or Rollover.NONE,
            alert_percent=DEFAULT_ALERT_PERCENT if alert_percent is None else alert_percent,
            limits=(limit,),
            created_at=now,
        )

    def changed(self, limit: BudgetLimit, rollover: Rollover | None, alert_percent: int | None) -> Budget:
        """The budget with another limit from that month on; earlier months keep theirs. None keeps what is."""
        kept = tuple(one for one in self.limits if one.month < limit.month)
        limits = kept if kept and kept[-1].amount == limit.amount else (*kept, limit)
        return replace(
            self,
            limits=limits,
            rollover=rollover or self.rollover,
            alert_percent=self.alert_percent if alert_percent is None else alert_percent,
        )

    @property
    def currency(self) -> str:
        """ISO 4217 code of its limits."""
        return self.limits[0].amount.currency

    @property
    def first_month(self) -> Month:
        """The first month it is for."""
        return self.limits[0].month

    def limit_in(self, month: Month) -> Money | None:
        """The limit of a month, without what is carried over; None before the first month."""
        found = None
        for limit in self.limits:
            if limit.month <= month:
                found = limit.amount
        return found
