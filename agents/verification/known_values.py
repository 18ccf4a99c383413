"""The numbers that tools gave, by what they may be told as: money, a percentage, or a count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Final

from agents.verification.figure import Figure, FigureKind

Source = tuple[str, str]
"""A call id and a JSON path."""

_ONLY_PERCENT: Final = re.compile(r"percent|pct|probability|xirr|cagr", re.IGNORECASE)
_MAYBE_PERCENT: Final = re.compile(r"rate|ratio|share|\birr|yield|return|^result$|growth|change", re.IGNORECASE)
_FRACTION: Final = re.compile(r"rate|ratio|xirr|irr|cagr|yield", re.IGNORECASE)
# How far rounding may take a figure from what it stands for, and still tell it.
_TOLERANCE: Final = Decimal("0.05")


@dataclass(slots=True)
class KnownValues:
    """Sizes without signs: an outflow is told as an amount spent. The first source of a value is its citation."""

    amounts: dict[Decimal, Source] = field(default_factory=dict)
    percents: dict[Decimal, Source] = field(default_factory=dict)
    counts: dict[Decimal, Source] = field(default_factory=dict)

    def add_decimal(self, value: Decimal, source: Source) -> None:
        """A decimal string: money, unless the name of its field says that it is a percentage."""
        name, size = _field(source), abs(value)
        if _ONLY_PERCENT.search(name) is None:
            self.amounts.setdefault(size, source)
        elif _FRACTION.search(name) is None:
            self.percents.setdefault(size, source)
            return
        if _ONLY_PERCENT.search(name) or _MAYBE_PERCENT.search(name):
            self.percents.setdefault(size, source)
        if _FRACTION.search(name) and size < 2:
            self.percents.setdefault(size * 100, source)

    def add_integer(self, value: int, source: Source) -> None:
        """A JSON integer: a count, never money."""
        self.counts.setdefault(Decimal(abs(value)), source)
        if _ONLY_PERCENT.search(_field(source)):
            self.percents.setdefault(Decimal(abs(value)), source)

    def find(self, figure: Figure) -> Source | None:
        """Where the figure came from: exactly, or rounded as people round amounts and percentages."""
        match figure.kind:
            case FigureKind.AMOUNT if figure.in_money:
                return self.amounts.get(figure.value) or _rounded(figure, self.amounts)
            case FigureKind.AMOUNT:
                exact = self.amounts.get(figure.value) or self.counts.get(figure.value)
                return exact or _rounded(figure, self.amounts)
            case FigureKind.PERCENT:
                return self.percents.get(figure.value) or _rounded(figure, self.percents)
            case FigureKind.NUMBER | FigureKind.ORDINAL:
                return (
                    self.counts.get(figure.value) or self.amounts.get(figure.value) or self.percents.get(figure.value)
                )
            case _:
                return None


def _rounded(figure: Figure, values: dict[Decimal, Source]) -> Source | None:
    """The value that the figure is, rounded or cut at its last shown place, and not more than a twentieth away.

    The place alone would let "7k" stand for 6,500 and "1 lakh" for 1,49,000, which nobody would call true. Nearness
    alone would let ₹7,000 stand for 6,891.99, though a figure to the rupee says that it is exact. With both, 6,891.99
    is "7k" and "6.9k", and 1,23,456 is "1.2 lakh", as people round them.
    """
    for value, source in values.items():
        if abs(value - figure.value) > max(value * _TOLERANCE, Decimal("0.5")):
            continue
        modes = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
        if any((value / figure.step).quantize(Decimal(1), mode) * figure.step == figure.value for mode in modes):
            return source
    return None


def _field(source: Source) -> str:
    """The name of the field at the end of a path, without an index."""
    return re.sub(r"\[\d+\]$", "", source[1]).rpartition(".")[2]
