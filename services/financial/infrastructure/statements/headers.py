"""Header lines of tables: where they stand, and which column holds what."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from typing import Final

from services.financial.infrastructure.statements.values import shown

DELIMITERS: Final = (",", "\t", ";", "|")
_SEARCHED_LINES: Final = 200
_SEARCHED_CHARS: Final = 5_000
_CURRENCY_WORDS = re.compile(r"\b(?:in )?(?:inr|rs|rupees)\b")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Header:
    """A line that may be the header: its 1-based line, its delimiter, its names as written and as compared."""

    line: int
    delimiter: str
    written: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns that matter; None where the table has no such column.

    `serial` numbers the transactions or only the lines; it is looked at where there is no `reference`.
    """

    date: int
    narration: int
    debit: int | None = None
    credit: int | None = None
    amount: int | None = None
    direction: int | None = None
    balance: int | None = None
    reference: int | None = None
    value_date: int | None = None
    serial: int | None = None

    @property
    def tell_amounts(self) -> bool:
        """Whether there is one amount column, or a debit and a credit column."""
        return self.amount is not None or (self.debit is not None and self.credit is not None)


def comparable(name: str) -> str:
    """A column's name as it is compared: lower case, words and digits only, without the currency."""
    words = _NOT_WORDS.sub(" ", name.lower())
    return " ".join(_CURRENCY_WORDS.sub(" ", words).split())


def find_headers(text: str, delimiters: tuple[str, ...] = DELIMITERS) -> Iterator[Header]:
    """Every line of the file's beginning that has at least two named columns, under each delimiter."""
    for line, written in enumerate(islice(io.StringIO(text, newline=""), _SEARCHED_LINES), start=1):
        if len(written) > _SEARCHED_CHARS:
            continue
        for delimiter in delimiters:
            cells = _split(written, delimiter) if delimiter in written else ()
            names = tuple(comparable(cell) for cell in cells)
            if sum(map(bool, names)) >= 2:
                yield Header(line, delimiter, cells, names)


def _split(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return ()


@cache
def _catalogue() -> Mapping[str, Mapping[str, list[str]]]:
    source = resources.files(__package__).joinpath("columns.toml")
    loaded: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return loaded


def columns_of(header: Header) -> Columns | None:
    """The columns by their usual names, or None when date, narration or amounts are not among them."""
    found = {role: position for role in _catalogue()["roles"] if (position := _position(header, role)) is not None}
    value_date = found.get("value_date")
    booked = found.get("date", value_date)
    narration = found.get("narration")
    if booked is None or narration is None:
        return None
    columns = Columns(
        booked, narration, found.get("debit"), found.get("credit"), found.get("amount"), found.get("direction"),
        found.get("balance"), found.get("reference"), value_date, found.get("serial"),
    )  # fmt: skip
    return columns if columns.tell_amounts else None


def _position(header: Header, role: str) -> int | None:
    for name in _catalogue()["roles"][role]:
        if name in header.names:
            return header.names.index(name)
    return None


def name_columns(header: Header) -> str:
    """The header's columns, for a message."""
    return ", ".join(f"'{shown(name)}'" for name in header.written if name)
