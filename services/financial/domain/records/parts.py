"""Splits: one transaction that was for several things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.financial.domain.category import Category
from services.financial.domain.records.own_category import OwnCategoryRef
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money

MIN_PARTS: Final = 2
MAX_PARTS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a part of a transaction was for; `amount` has the sign of the whole."""

    amount: Money
    category: Category
    own_category: OwnCategoryRef | None = None
    note: str = ""


def require_parts(whole: Money, parts: Sequence[Part]) -> None:
    """Refuse parts that are not a split of the amount.

    There must be 2 to 50 of them, each on the same side as the whole, none of them nothing, and together they must be
    the whole to the last minor unit.
    """
    if not MIN_PARTS <= len(parts) <= MAX_PARTS:
        raise InvalidInputError(f"A split needs {MIN_PARTS} to {MAX_PARTS} parts.", extra={"field": "parts"})
    for part in parts:
        if part.category is Category.TRANSFER:
            raise InvalidInputError(
                "A part of a transaction cannot be a transfer. Split it over other categories.",
                extra={"field": "parts"},
            )
        if not part.amount.amount or (part.amount.amount < 0) != (whole.amount < 0):
            side = "negative, as the transaction is" if whole.amount < 0 else "positive, as the transaction is"
            raise InvalidInputError(f"Each part's amount must be {side}.", extra={"field": "parts"})
    total = Money.total((part.amount for part in parts), whole.currency)
    if total != whole:
        raise InvalidInputError(
            f"The parts come to {total}, and the transaction is {whole}: {whole - total} is missing. "
            "Make them add up exactly.",
            extra={"field": "parts", "total": str(total), "missing": str(whole - total)},
        )


def largest_part(parts: Sequence[Part]) -> Part:
    """The part that stands for the whole in lists: the largest, the first of equal ones."""
    return max(parts, key=lambda part: abs(part.amount.amount))
