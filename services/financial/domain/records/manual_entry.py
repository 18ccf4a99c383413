"""What a person may enter by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money
from services.shared.domain.text import clean_text

EARLIEST: Final = date(1900, 1, 1)
MAX_AMOUNT: Final = Decimal(10) ** 11
MAX_LINE: Final = 200


def require_day(day: date, today: date) -> None:
    """Refuse a day that lies ahead, or before 1900."""
    if not EARLIEST <= day <= today:
        raise InvalidInputError(f"date must lie between {EARLIEST} and today, {today}.", extra={"field": "date"})


def require_amount(amount: Money) -> None:
    """Refuse nothing, and more than a hundred thousand million."""
    if not amount.amount or abs(amount.amount) > MAX_AMOUNT:
        raise InvalidInputError(
            f"amount must not be 0, and must lie between -{MAX_AMOUNT:f} and {MAX_AMOUNT:f}.",
            extra={"field": "amount"},
        )


def single_line(text: str, field: str, *, required: bool = True) -> str:
    """One line of printable text with single blanks; InvalidInputError when it is empty and must not be."""
    if not text.strip() and not required:
        return ""
    line = " ".join(clean_text(text, what=field, limit=MAX_LINE).split())
    if not line.isprintable():
        raise InvalidInputError(f"{field} must not contain control characters.", extra={"field": field})
    return line
