"""What the tools of a turn said: every figure with the call and the JSON path it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from agents.verification.figure import Figure, FigureKind
from agents.verification.figures import find_figures
from agents.verification.known_values import KnownValues, Source
from agents.verification.number_vocabulary import has_number_word

_DECIMAL: Final = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?")
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.+Z-]+")
_YEAR_LABEL: Final = re.compile(r"(?:[FA]Y ?)?(\d{4})[-–](\d{2}|\d{4})")
_GLUED: Final = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])\w+\b")
_LONGEST_NAME: Final = 120
# Numbers that say the same as how often a payment comes.
_CADENCES: Final = {
    "fortnightly": (2, 14),
    "four_weekly": (4, 28),
    "two_monthly": (2,),
    "eight_weekly": (8, 56),
    "twelve_weekly": (12, 84),
}
_CLAIMS: Final = frozenset({FigureKind.AMOUNT, FigureKind.PERCENT})
"""What makes a text more than a name: nobody is called ₹999, and a narration may not say so either."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a figure came from: the tool call and the path in its result (or in its arguments)."""

    figure: str
    call_id: str
    path: str


class Evidence:
    """Collects results of tool calls and answers whether a figure follows from them.

    Declared derivations are the only ones: sign (an outflow is told as an amount spent), rounding to a whole rupee or
    percent, or to the shown decimals of thousand, lakh or crore, a ratio told in percent, the number of items in a
    list, a place in a list ("the third largest"), the months and days of a period that was asked for, and the weeks,
    days or months between payments of a cadence ("every 28 days" of a four-weekly one). Anything else has to be
    computed by a tool.

    What is added is looked through when the first figure asks for it; many drafts hold none.
    """

    def __init__(self, today: date) -> None:
        self._values = KnownValues()
        self._days: dict[date, Source] = {today: ("today", "$")}
        self._months: dict[tuple[int, int], Source] = {(today.year, today.month): ("today", "$")}
        self._years: dict[int, Source] = {today.year: ("today", "$")}
        self._labels: dict[int, Source] = {}
        self._asked: dict[FigureKind, set[Decimal]] = {FigureKind.AMOUNT: set(), FigureKind.PERCENT: set()}
        self._numbers_asked: set[Decimal] = set()
        self._names: set[str] = set()
        self._longest_list: tuple[int, Source] = (0, ("", "$"))
        self._unread: list[Callable[[], None]] = []

    def add_question(self, text: str) -> None:
        """Let counts, ordinals and dates of the person's own question be repeated; its amounts only as a filter."""
        self._unread.append(partial(self._read_question, text))

    def add_call(self, call_id: str, arguments: dict[str, Any], result: Any) -> None:
        """Take in one tool call: what it was asked with and what it answered."""
        self._unread.append(partial(self._read_call, call_id, arguments, result))

    def _read(self) -> None:
        unread, self._unread = self._unread, []
        for read in unread:
            read()

    def _read_question(self, text: str) -> None:
        for figure in find_figures(text):
            match figure.kind:
                case FigureKind.PERCENT:
                    self._asked[FigureKind.PERCENT].add(figure.value)
                case FigureKind.NUMBER | FigureKind.ITEM | FigureKind.ORDINAL:
                    self._asked[FigureKind.AMOUNT].add(figure.value)
                    self._numbers_asked.add(figure.value)
                    if figure.value == int(figure.value) and 1900 <= figure.value <= 2200:
                        self._years.setdefault(int(figure.value), ("question", "$"))
                case FigureKind.AMOUNT:
                    self._asked[FigureKind.AMOUNT].add(figure.value)
                case FigureKind.DATE if figure.day is not None:
                    self._add_day(figure.day, ("question", "$"), month_only=figure.precision != "day")

    def _read_call(self, call_id: str, arguments: dict[str, Any], result: Any) -> None:
        for path, value in _leaves(result, "$"):
            self._add(value, (call_id, path))
        for path, items in _lists(result, "$"):
            if len(items) > self._longest_list[0]:
                self._longest_list = len(items), (call_id, path)
        for path, value in _percents(result, "$"):
            self._values.percents.setdefault(abs(value), (call_id, path))
        for path, value in _leaves(arguments, "$arguments"):
            self._add_argument(value, (call_id, path))
        self._add_span(arguments, call_id)

    def cite(self, figure: Figure) -> list[Citation] | None:
        """The sources of a figure; None when nothing supports it. One that is several has several sources."""
        self._read()
        source = self._date_source(figure) if figure.kind is FigureKind.DATE else self._value_source(figure)
        if source is not None:
            return [Citation(figure.text, *source)]
        parts = [self.cite(part) for part in figure.parts]
        if not parts or None in parts:
            return None
        return [citation for part in parts if part is not None for citation in part]

    def without_names(self, text: str) -> str:
        """The text with names that hold digits or number words (1MG, Five Star) blanked out at the same length."""
        self._read()
        for name in sorted(self._names, key=len, reverse=True):
            if name.lower() in text.lower():
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda m: " " * len(m[0]), text, flags=re.IGNORECASE)
        return text

    def _add(self, value: Any, source: Source) -> None:
        if isinstance(value, bool) or value is None:
            return
        if isinstance(value, int):
            self._values.add_integer(value, source)
            return
        text = str(value)
        if _DECIMAL.fullmatch(text):
            self._values.add_decimal(Decimal(text), source)
        elif (day := _day(text)) is not None:
            self._add_day(day, source, month_only=len(text) == 7)
        else:
            self._add_text(text, source)

    def _add_text(self, text: str, source: Source) -> None:
        if (label := _YEAR_LABEL.fullmatch(text)) is not None:
            self._labels.setdefault(int(label[1]), source)
        elif text in _CADENCES:
            for number in _CADENCES[text]:
                self._values.add_integer(number, source)
        elif len(text) <= _LONGEST_NAME and (any(map(str.isdigit, text)) or has_number_word(text)):
            if any(figure.kind in _CLAIMS for figure in find_figures(text)):
                return
            self._names.add(text)
            self._names.update(word for word in _GLUED.findall(text) if _is_glued(word))

    def _add_argument(self, value: Any, source: Source) -> None:
        """A model chooses arguments: only days, and amounts that the person had named, may be told from them."""
        text = str(value)
        if (day := _day(text)) is not None:
            self._add_day(day, source, month_only=len(text) == 7)
        elif not isinstance(value, bool) and _DECIMAL.fullmatch(text):
            size = abs(Decimal(text))
            if size in self._asked[FigureKind.AMOUNT]:
                self._values.amounts.setdefault(size, source)
            if size in self._asked[FigureKind.PERCENT]:
                self._values.percents.setdefault(size, source)

    def _add_day(self, day: date, source: Source, month_only: bool) -> None:
        if not month_only:
            self._days.setdefault(day, source)
        self._months.setdefault((day.year, day.month), source)
        self._years.setdefault(day.year, source)

    def _add_span(self, arguments: dict[str, Any], call_id: str) -> None:
        """Every month between a call's `from` and `to` may be named, and how many months and days they are."""
        try:
            day, end = date.fromisoformat(arguments["from"]), date.fromisoformat(arguments["to"])
        except (KeyError, TypeError, ValueError):
            return
        if not 0 <= end.year - day.year < 50 or end < day:
            return
        source = (call_id, "$arguments.from")
        months = (end.year - day.year) * 12 + end.month - day.month + 1
        for length in (months, (end - day).days + 1):
            self._values.add_integer(length, source)
        for _ in range(months):
            self._add_day(day, source, month_only=True)
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)

    def _value_source(self, figure: Figure) -> Source | None:
        if (source := self._values.find(figure)) is not None:
            return source
        if figure.kind not in {FigureKind.NUMBER, FigureKind.ITEM, FigureKind.ORDINAL}:
            return None
        if figure.value in self._numbers_asked:
            return "question", "$"
        if figure.step == 1 and (source := self._years.get(int(figure.value))) is not None:
            return source
        return self._place(figure) if figure.kind is FigureKind.ORDINAL else None

    def _place(self, figure: Figure) -> Source | None:
        """An ordinal may name the day of a known date, or a place in a list that a tool gave."""
        length, (call_id, path) = self._longest_list
        if 0 < figure.value <= length:
            return call_id, f"{path}[{int(figure.value) - 1}]"
        return next((source for day, source in self._days.items() if day.day == figure.value), None)

    def _date_source(self, figure: Figure) -> Source | None:
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
                known = self._days.get(day) or self._months.get((day.year, day.month))
                return known or self._labels.get(day.year) or self._years.get(day.year)


def _is_glued(word: str) -> bool:
    """Whether a word of letters and digits is part of a name (A2B), and not a figure such as 5lakh or 3rd."""
    return all(figure.kind is FigureKind.UNREADABLE for figure in find_figures(word))


def _day(text: str) -> date | None:
    """The day that an ISO day, month or instant names; None for other text."""
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text if len(text) == 10 else f"{text}-01")
        return date.fromisoformat(text[:10]) if _INSTANT.fullmatch(text) else None
    except ValueError:
        return None


def _percents(value: Any, path: str, *, named: bool = False) -> Iterator[tuple[str, Decimal]]:
    """Decimals that are percentages by what holds them: its key, or its `name`, says so."""
    if isinstance(value, dict):
        named = named or str(value.get("name", "")).endswith("percent")
        for key, item in value.items():
            yield from _percents(item, f"{path}.{key}", named=named or str(key).startswith("percents"))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _percents(item, f"{path}[{index}]", named=named)
    elif named and isinstance(value, str) and _DECIMAL.fullmatch(value):
        yield path, Decimal(value)


def _lists(value: Any, path: str) -> Iterator[tuple[str, list[Any]]]:
    """Every list with its JSON path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _lists(item, f"{path}.{key}")
    elif isinstance(value, list):
        yield path, value
        for index, item in enumerate(value):
            yield from _lists(item, f"{path}[{index}]")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every scalar with its JSON path, e.g. `$.groups[0].amount`, and the length of every list.

    Keys that are months or days count as well.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if _ISO_DAY.fullmatch(str(key)):
                yield f"{path}.{key}", key
            yield from _leaves(item, f"{path}.{key}")
    elif isinstance(value, list):
        yield f"{path}.length", len(value)
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
    else:
        yield path, value
