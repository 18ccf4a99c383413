"""Decimal numbers in request bodies: text, never a JSON number, which programs read as a binary fraction."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema

_PATTERN: Final = r"^-?[0-9]{1,15}(\.[0-9]{1,8})?$"
_SCHEMA: Final = {"type": "string", "pattern": _PATTERN, "examples": ["1234.50"]}


def _from_text(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not re.fullmatch(_PATTERN, value) or value.endswith("\n"):
        raise ValueError("write a decimal number as a string, such as '1234.50', with at most 15 digits and 8 decimals")
    return Decimal(value)


DecimalText = Annotated[Decimal, BeforeValidator(_from_text), WithJsonSchema(_SCHEMA, mode="validation")]
