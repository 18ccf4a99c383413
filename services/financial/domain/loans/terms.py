"""What was agreed for a loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.financial.domain.calendar_months import add_months
from services.shared.domain.errors import InvalidInputError

MAX_PRINCIPAL: Final = Decimal(10) ** 12
MAX_RATE_PERCENT: Final = Decimal(100)
MAX_MONTHS: Final = 600
_EARLIEST: Final = date(1970, 1, 1)
_LATEST: Final = date(2200, 1, 1)


class LoanPurpose(StrEnum):
    """What the loan is for, which decides what of its interest the tax lets off."""

    HOME = "home"
    EDUCATION = "education"
    VEHICLE = "vehicle"
    PERSONAL = "personal"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """A loan at a fixed rate on monthly rests, paid back in equal instalments.

    `annual_rate_percent` is nominal: a twelfth of it is the rate of a month. `first_due_on` is the day of the first
    instalment; the loan was paid out a month before.
    """

    principal: Decimal
    annual_rate_percent: Decimal
    months: int
    first_due_on: date
    purpose: LoanPurpose = LoanPurpose.OTHER

    def __post_init__(self) -> None:
        _require("principal", self.principal, Decimal("0.01"), MAX_PRINCIPAL)
        _require("annual_rate_percent", self.annual_rate_percent, Decimal(0), MAX_RATE_PERCENT)
        if not 1 <= self.months <= MAX_MONTHS:
            raise InvalidInputError(f"months must lie between 1 and {MAX_MONTHS}.", extra={"field": "months"})
        if not _EARLIEST <= self.first_due_on <= _LATEST:
            raise InvalidInputError(
                f"first_due_on must lie between {_EARLIEST} and {_LATEST}.", extra={"field": "first_due_on"}
            )
        object.__setattr__(self, "principal", self.principal.quantize(Decimal("0.01")))
        object.__setattr__(self, "annual_rate_percent", self.annual_rate_percent.quantize(Decimal("0.000001")))

    @property
    def monthly_rate(self) -> Decimal:
        """The rate of a month as a fraction."""
        return self.annual_rate_percent / 1200

    @property
    def paid_out_on(self) -> date:
        """A month before the first instalment."""
        return add_months(self.first_due_on, -1)


def _require(field: str, value: Decimal, least: Decimal, most: Decimal) -> None:
    if not value.is_finite() or not least <= value <= most:
        raise InvalidInputError(f"{field} must lie between {least:f} and {most:f}.", extra={"field": field})
