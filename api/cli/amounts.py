"""Amounts as a person types them."""

from __future__ import annotations

import re
from decimal import Decimal

import typer


def parse_amount(text: str) -> Decimal:
    """A signed amount; grouping commas are accepted, and anything else is wrong use."""
    if not re.fullmatch(r"[+-]?\d[\d,]*(\.\d+)?", text.strip()):
        raise typer.BadParameter(f"'{text}' is not an amount. Write a number such as 1234.50.")
    return Decimal(text.replace(",", "").strip())
