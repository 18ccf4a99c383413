"""Cells that commas without quotation marks have cut apart, put together again where only one way is possible.

HDFC's delimited download has bare commas in narrations, SBI's CSV in amounts: `1,770.00, ,15,471.13`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from services.financial.infrastructure.statements.headers import Columns

# Longer tails are no table of a bank, and the bound keeps the search for all groupings small.
_MOST_PIECES: Final = 24
_GROUPED_AMOUNT = re.compile(
    r"\s*-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?\s*(?:[DC]R\.?)?\s*", re.IGNORECASE | re.ASCII
)


def joined(
    cells: list[str], width: int, columns: Columns, is_date: Callable[[str], bool], delimiter: str
) -> list[str] | None:
    """The cells of the header's width, or None when it is not certain which of them belong together."""
    if delimiter != ",":
        return None
    return _narration_joined(cells, width, columns, is_date) or _amounts_joined(cells, width, columns)


def _narration_joined(
    cells: list[str], width: int, columns: Columns, is_date: Callable[[str], bool]
) -> list[str] | None:
    """The value date behind the narration proves how far it reaches."""
    at, witness, surplus = columns.narration, columns.value_date, len(cells) - width
    if witness is None or witness < at or columns.date > at:
        return None
    whole = [*cells[:at], ",".join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]
    return whole if is_date(whole[witness].strip()) else None


def _amounts_joined(cells: list[str], width: int, columns: Columns) -> list[str] | None:
    """The digit groups of amounts prove what belongs together, when they can be read in one way only."""
    start = min(at for at in (columns.debit, columns.credit, columns.amount, columns.balance) if at is not None)
    pieces = cells[start:]
    if len(pieces) > _MOST_PIECES:
        return None
    ways = _groupings(pieces, width - start)
    return [*cells[:start], *ways[0]] if len(ways) == 1 else None


def _groupings(pieces: Sequence[str], count: int) -> list[list[str]]:
    """Every way to make `count` cells of the pieces; two are enough to know that it is not certain."""
    if count <= 0 or len(pieces) < count:
        return []
    if count == 1:
        last = ",".join(pieces)
        return [[last]] if len(pieces) == 1 or _GROUPED_AMOUNT.fullmatch(last) else []
    ways: list[list[str]] = []
    for end in range(1, len(pieces) - count + 2):
        first = ",".join(pieces[:end])
        if end == 1 or _GROUPED_AMOUNT.fullmatch(first):
            ways += [[first, *rest] for rest in _groupings(pieces[end:], count - 1)]
        if len(ways) > 1:
            break
    return ways
