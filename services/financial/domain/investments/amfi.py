"""AMFI's daily file of net asset values, NAVAll.txt, and its history file.

The file is text, its fields between semicolons, under one line of headings. Lines without semicolons are the category
("Open Ended Schemes(Equity Scheme - Large Cap Fund)") and the fund house of the schemes that follow. Columns are found
by their headings: six until 18 August 2026 (code, two ISINs, name, value, date), eight since then (plan and option
before the value), and in the history file another order. Values may be "N.A." or "-" for schemes that have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from services.shared.domain.errors import InvalidInputError, UnsupportedFormatError

MAX_REJECTED_LISTED: Final = 100
_ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_CATEGORY: Final = re.compile(
    r"(?:open|close|closed|interval)\s*(?:ended|fund)?.*\((?P<category>.+)\)\s*$", re.IGNORECASE
)
_NO_VALUE: Final = frozenset({"", "-", "--", "n.a.", "na", "n/a", "#n/a", "b.c."})
_DATE_FORMS: Final = ("%d-%b-%Y", "%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y")
_MOST: Final = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeNav:
    """A scheme and its value per unit on a day. `isin` is that of growth or payout, `isin_reinvestment` the other."""

    amfi_code: str
    isin: str | None
    isin_reinvestment: str | None
    name: str
    plan: str
    option: str
    category: str
    fund_house: str
    nav: Decimal
    nav_on: date


@dataclass(frozen=True, slots=True)
class RejectedNavLine:
    """A line that cannot be read, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class NavFile:
    """What a file holds; `without_value` counts schemes that are listed without a value."""

    navs: tuple[SchemeNav, ...]
    rejected: tuple[RejectedNavLine, ...]
    without_value: int


@dataclass(frozen=True, slots=True)
class _Columns:
    code: int
    isin: int
    isin_reinvestment: int
    name: int
    nav: int
    day: int
    plan: int | None
    option: int | None

    @property
    def width(self) -> int:
        return max(self.code, self.isin, self.isin_reinvestment, self.name, self.nav, self.day) + 1


def read_nav_file(content: bytes) -> NavFile:
    """Read the file; UnsupportedFormatError when it is none, InvalidInputError when no line of it can be read."""
    lines = content.decode("utf-8-sig", errors="replace").splitlines()
    columns: _Columns | None = None
    category = house = ""
    navs: list[SchemeNav] = []
    rejected: list[RejectedNavLine] = []
    without_value = 0
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if ";" not in text:
            category, house = _heading(text, category, house)
            continue
        fields = [field.strip() for field in text.split(";")]
        if columns is None or _is_header(fields):
            columns = _columns(fields)
            continue
        try:
            nav = _scheme(fields, columns, category, house)
        except InvalidInputError as error:
            rejected.append(RejectedNavLine(number, error.detail))
            continue
        without_value += nav is None
        navs += [nav] if nav else []
    if columns is None:
        raise _unsupported()
    if not navs and rejected:
        raise InvalidInputError(f"No line can be read; the first is line {rejected[0].line}: {rejected[0].reason}")
    return NavFile(tuple(navs), tuple(rejected), without_value)


def newest_of_each(navs: Sequence[SchemeNav]) -> Iterator[SchemeNav]:
    """One line per scheme, with its newest value: what the scheme itself is now."""
    newest: dict[str, SchemeNav] = {}
    for nav in navs:
        if nav.amfi_code not in newest or newest[nav.amfi_code].nav_on <= nav.nav_on:
            newest[nav.amfi_code] = nav
    yield from newest.values()


def _heading(text: str, category: str, house: str) -> tuple[str, str]:
    match = _CATEGORY.match(text)
    if match:
        return " ".join(match["category"].split())[:200], house
    return (category, " ".join(text.split())[:200]) if text else (category, house)


def _is_header(fields: Sequence[str]) -> bool:
    return fields[0].lower().replace(" ", "") == "schemecode"


def _columns(header: Sequence[str]) -> _Columns:
    names = {re.sub(r"[^a-z]", "", field.lower()): place for place, field in enumerate(header)}
    isins = sorted(place for name, place in names.items() if name.startswith("isin"))
    try:
        return _Columns(
            code=names["schemecode"],
            isin=isins[0],
            isin_reinvestment=isins[1],
            name=names["schemename"],
            nav=names["netassetvalue"],
            day=names["date"],
            plan=names.get("plan"),
            option=names.get("option"),
        )
    except (KeyError, IndexError) as error:
        raise _unsupported() from error


def _unsupported() -> UnsupportedFormatError:
    return UnsupportedFormatError(
        "This is not AMFI's file of net asset values: its first line with semicolons must name the columns Scheme "
        "Code, two of ISIN, Scheme Name, Net Asset Value and Date. Take NAVAll.txt from amfiindia.com."
    )


def _scheme(fields: Sequence[str], columns: _Columns, category: str, house: str) -> SchemeNav | None:
    """The scheme in a line; None when it has no value."""
    if len(fields) < columns.width:
        raise InvalidInputError(f"it has {len(fields)} fields instead of {columns.width}.")
    code = fields[columns.code]
    if not re.fullmatch(r"[0-9]{1,10}", code):
        raise InvalidInputError(f"'{code[:20]}' is not a scheme code.")
    value = fields[columns.nav].replace(",", "")
    if value.lower() in _NO_VALUE:
        return None
    return SchemeNav(
        amfi_code=code,
        isin=_isin(fields[columns.isin]),
        isin_reinvestment=_isin(fields[columns.isin_reinvestment]),
        name=_text(fields[columns.name]),
        plan=_text(fields[columns.plan]) if columns.plan is not None else "",
        option=_text(fields[columns.option]) if columns.option is not None else "",
        category=category,
        fund_house=house,
        nav=_nav(value),
        nav_on=_day(fields[columns.day]),
    )


def _text(field: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in field).split())[:300]


def _isin(field: str) -> str | None:
    return field.upper() if _ISIN.fullmatch(field.upper()) else None


def _nav(field: str) -> Decimal:
    try:
        nav = Decimal(field)
    except InvalidOperation as error:
        raise InvalidInputError(f"'{field[:20]}' is not a value.") from error
    if not nav.is_finite() or not 0 <= nav < _MOST:
        raise InvalidInputError(f"'{field[:20]}' is not a value.")
    return nav.quantize(Decimal("0.000001"))


def _day(field: str) -> date:
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(field, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise InvalidInputError(f"'{field[:20]}' is not a day.")
