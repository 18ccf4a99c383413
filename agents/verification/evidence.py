"""What the tools of a turn said: every figure with the call and the JSON path it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from agents.verification.figures import Figure, FigureKind, find_figures

_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_NAME_WITH_DIGITS = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")
# A figure may be shown rounded to rupees, or to the shown place of a lakh, crore or percent, with two digits at least:
# 1.2 lakh for 1,23,456, never 1 lakh.
_TOLERANCE: Final = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a figure came from: the tool call and the path in its result (or in its arguments)."""

    figure: str
    call_id: str
    path: str


class Evidence:
    """Collects results of tool calls and answers whether a figure follows from them.

    Declared derivations are the only ones: sign (an outflow is told as an amount spent), rounding to a whole rupee or
    percent, or to the shown decimals of lakh or crore. Anything else has to be computed by a tool.
    """

    def __init__(self, today: date) -> None:
        self._values: dict[Decimal, tuple[str, str]] = {}
        self._days: dict[date, tuple[str, str]] = {today: ("today", "$")}
        self._months: dict[tuple[int, int], tuple[str, str]] = {(today.year, today.month): ("today", "$")}
        self._years: dict[int, tuple[str, str]] = {today.year: ("today", "$")}
        self._asked: set[Decimal] = set()
        self._numbers_asked: set[Decimal] = set()
        self._names: set[str] = set()

    def add_question(self, text: str) -> None:
        """Let counts, ordinals and dates of the person's own question be repeated; its amounts only as a filter."""
        for figure in find_figures(text):
            if figure.kind in {FigureKind.NUMBER, FigureKind.AMOUNT}:
                self._asked.add(figure.value)
            if figure.kind is FigureKind.NUMBER:
                self._numbers_asked.add(figure.value)
                if figure.value == int(figure.value) and 1900 <= figure.value <= 2200:
                    self._years.setdefault(int(figure.value), ("question", "$"))
            elif figure.day is not None:
                self._add_day(figure.day, ("question", "$"), month_only=figure.precision != "day")

    def add_call(self, call_id: str, arguments: dict[str, Any], result: Any) -> None:
        """Take in one tool call: what it was asked with and what it answered."""
        for path, value in _leaves(result, "$"):
            self._add(value, (call_id, path))
        for path, value in _leaves(arguments, "$arguments"):
            self._add_argument(value, (call_id, path))
        self._add_span(arguments, call_id)

    def cite(self, figure: Figure) -> Citation | None:
        """The source of a figure; None when nothing supports it."""
        source = self._date_source(figure) if figure.kind is FigureKind.DATE else self._value_source(figure)
        return Citation(figure.text, *source) if source else None

    def without_names(self, text: str) -> str:
        """The text with names that contain digits (1MG, 24SEVEN) blanked out at the same length."""
        for name in self._names:
            if name.lower() in text.lower():
                text = re.sub(re.escape(name), lambda m: " " * len(m[0]), text, flags=re.IGNORECASE)
        return text

    def _add(self, value: Any, source: tuple[str, str]) -> None:
        if isinstance(value, bool) or value is None:
            return
        text = str(value)
        if _ISO_DAY.fullmatch(text):
            self._add_day(date.fromisoformat(text if len(text) == 10 else f"{text}-01"), source, len(text) == 7)
        elif _DECIMAL.fullmatch(text):
            try:
                self._values.setdefault(abs(Decimal(text)), source)
            except InvalidOperation:
                return
        elif len(text) <= 120 and _NAME_WITH_DIGITS.match(text):
            self._names.add(text)

    def _add_argument(self, value: Any, source: tuple[str, str]) -> None:
        """A model chooses arguments: only days, and amounts that the person had named, may be told from them."""
        text = str(value)
        if _ISO_DAY.fullmatch(text) or (_DECIMAL.fullmatch(text) and abs(Decimal(text)) in self._asked):
            self._add(value, source)

    def _add_day(self, day: date, source: tuple[str, str], month_only: bool) -> None:
        if not month_only:
            self._days.setdefault(day, source)
        self._months.setdefault((day.year, day.month), source)
        self._years.setdefault(day.year, source)

    def _add_span(self, arguments: dict[str, Any], call_id: str) -> None:
        """Every month between a call's `from` and `to` may be named."""
        try:
            day, end = date.fromisoformat(arguments["from"]), date.fromisoformat(arguments["to"])
        except (KeyError, TypeError, ValueError):
            return
        while day <= end and end.year - day.year < 50:
            self._add_day(day, (call_id, "$arguments.from"), month_only=True)
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)

    def _value_source(self, figure: Figure) -> tuple[str, str] | None:
        if (source := self._values.get(figure.value)) is not None:
            return source
        if figure.kind is FigureKind.NUMBER:
            if figure.value in self._numbers_asked:
                return "question", "$"
            if figure.step == 1 and (source := self._years.get(int(figure.value))) is not None:
                return source
            return self._day_of_month(figure)
        return self._rounded_source(figure)

    def _day_of_month(self, figure: Figure) -> tuple[str, str] | None:
        """An ordinal such as `5th` may name the day of a known date."""
        if figure.text[-2:].lower() not in {"st", "nd", "rd", "th"}:
            return None
        return next((source for day, source in self._days.items() if day.day == figure.value), None)

    def _rounded_source(self, figure: Figure) -> tuple[str, str] | None:
        for value, source in self._values.items():
            if abs(value - figure.value) > max(value * _TOLERANCE, Decimal("0.5")):
                continue
            if any(
                _round(value, figure.step, mode) == figure.value
                for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
            ):
                return source
        return None

    def _date_source(self, figure: Figure) -> tuple[str, str] | None:
        day = figure.day
        if day is None:
            return None
        match figure.precision:
            case "day":
                return self._days.get(day)
            case "month":
                return self._months.get((day.year, day.month))
            case "day-of-year":
                return next((s for d, s in self._days.items() if (d.month, d.day) == (day.month, day.day)), None)
            case _:
                return self._days.get(day) or self._months.get((day.year, day.month)) or self._years.get(day.year)


def _round(value: Decimal, step: Decimal, mode: str) -> Decimal:
    return (value / step).quantize(Decimal(1), mode) * step


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every scalar with its JSON path, e.g. `$.groups[0].amount`; keys that are months or days count as well."""
    if isinstance(value, dict):
        for key, item in value.items():
            if _ISO_DAY.fullmatch(str(key)):
                yield f"{path}.{key}", key
            yield from _leaves(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
    else:
        yield path, value
