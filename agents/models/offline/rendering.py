"""How figures are written in an answer: Indian grouping, percentages, lists. Nothing here makes up a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.shared.domain.written import written

LAKH: Final = Decimal(100_000)
CRORE: Final = Decimal(10_000_000)


money: Final = written
"""Amounts as every part of the program writes them."""


def in_words(amount: Decimal) -> str:
    """A rounding to lakh or crore in brackets, e.g. ` (₹1.23 lakh)`; empty below one lakh."""
    size = abs(amount)
    unit, name = (CRORE, "crore") if size >= CRORE else (LAKH, "lakh")
    if size < LAKH:
        return ""
    rounded = (size / unit).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f" ({'-' if amount < 0 else ''}₹{rounded:f} {name})"


def percent(value: Decimal) -> str:
    """One decimal: `12.3%`."""
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):f}%"


def times(count: int, noun: str) -> str:
    """`1 transaction`, `23 transactions`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def bullets(lines: Iterable[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {line}" for line in lines)


def joined(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
