"""India's financial year: from 1 April to 31 March, section 3 of the Income-tax Act, 1961."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.financial.domain.period import Period
from services.shared.domain.errors import InvalidInputError

_TEXT: Final = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """The year that begins on 1 April of `begins`; written `2025-26`. Its assessment year is the next one."""

    begins: int

    @classmethod
    def of(cls, day: date) -> FinancialYear:
        """The year that `day` lies in."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @classmethod
    def parse(cls, text: str, field: str = "financial_year") -> FinancialYear:
        """Read `YYYY-YY`; `field` names the input in the error."""
        match = _TEXT.fullmatch(text.strip())
        if match is None or not 1900 <= int(match[1]) <= 2200 or (int(match[1]) + 1) % 100 != int(match[2]):
            raise InvalidInputError(
                f"{field} must be a financial year such as 2025-26, which ends in March 2026.", extra={"field": field}
            )
        return cls(int(match[1]))

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.begins, 4, 1)

    @property
    def last(self) -> date:
        """31 March."""
        return date(self.begins + 1, 3, 31)

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.begins:04d}-{(self.begins + 1) % 100:02d}"
