"""Numbers in request bodies: decimal strings, bounded in length, exact."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from services.shared.domain.errors import InvalidInputError

MAX_LENGTH: Final = 40
_MOST_DIGITS: Final = 20

AmountText = Annotated[str, Field(max_length=MAX_LENGTH)]
"""A decimal number as text, such as 1234.50; grouping commas are accepted."""

Exact = Annotated[Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")]


class Body(BaseModel):
    """Base of request bodies: what they do not know is refused."""

    model_config = ConfigDict(extra="forbid")


class ViewResponse(BaseModel):
    """Base of responses that show a view's fields."""

    model_config = ConfigDict(from_attributes=True)


def number(field: str, text: str) -> Decimal:
    """The number in a text; InvalidInputError for what is none, or has more digits than any amount."""
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation as error:
        raise InvalidInputError(f"{field} must be a decimal number such as 1234.50, not '{text}'.") from error
    if not value.is_finite() or value.adjusted() > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
        raise InvalidInputError(f"{field} must be a finite number of at most {_MOST_DIGITS} digits.")
    return value


def optional_number(field: str, text: str | None) -> Decimal | None:
    """The same for a field that may be missing."""
    return None if text is None else number(field, text)
