"""What a figure in a text is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class FigureKind(StrEnum):
    """What a figure counts. An `item` is the number of a line in a list, an `ordinal` tells one of several."""

    AMOUNT = "amount"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"
    ITEM = "item"
    ORDINAL = "ordinal"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure in a text. `value` is its size in full (1.2 lakh is 120000) and `step` its last place (10000).

    A date has `day` (first of the span it names) and `precision` day, month, year or fy instead. `in_money` says that a
    currency is named. `parts` are the figures that stand for it when it is no single one ("2 lakh 50 thousand").
    """

    text: str
    start: int
    end: int
    kind: FigureKind
    value: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    day: date | None = None
    precision: str = ""
    in_money: bool = False
    parts: tuple[Figure, ...] = ()
