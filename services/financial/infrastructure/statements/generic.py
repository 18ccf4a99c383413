"""Any other bank's CSV, by the usual names of its columns, or by the columns that the person names."""

from __future__ import annotations

from typing import Final

from services.financial.domain.statement import ColumnMapping
from services.financial.infrastructure.statements.headers import (
    DELIMITERS,
    Columns,
    Header,
    columns_of,
    comparable,
    find_headers,
    name_columns,
)
from services.financial.infrastructure.statements.layout import Layout
from services.financial.infrastructure.statements.values import shown
from services.shared.domain.errors import InvalidInputError

_MOST_NAME_CHARS: Final = 60
_OWN_EXPORT: Final = frozenset({"description", "debit", "credit", "own category", "entered by hand", "id"})


def recognise(header: Header) -> Layout | None:
    """The layout when the header names a date, a description and amounts in the usual words, otherwise None."""
    if any(len(name) > _MOST_NAME_CHARS for name in header.names):
        return None
    columns = columns_of(header)
    if columns is None:
        return None
    return Layout(format="generic-csv", title="a bank statement", columns=columns, guarded=_is_own_export(header))


def mapped(text: str, mapping: ColumnMapping) -> tuple[Header, Layout]:
    """The header that has all the named columns, and the layout that they make.

    Raises InvalidInputError, naming the columns that there are, when no line has them all.
    """
    wanted = _wanted(mapping)
    best: tuple[int, Header] | None = None
    for header in find_headers(text, (mapping.delimiter,) if mapping.delimiter else DELIMITERS):
        present = sum(name in header.names for name in wanted.values())
        if present == len(wanted):
            return header, _mapped_layout(header, mapping, wanted)
        if best is None or present > best[0]:
            best = present, header
    raise InvalidInputError(_missing(mapping, wanted, best[1] if best else None))


def _wanted(mapping: ColumnMapping) -> dict[str, str]:
    if mapping.delimiter is not None and len(mapping.delimiter) != 1:
        raise InvalidInputError("The mapping's delimiter must be one character, such as a comma or a semicolon.")
    if (mapping.amount is None) == (mapping.debit is None or mapping.credit is None):
        raise InvalidInputError("The mapping must name either an amount column, or a debit and a credit column.")
    if mapping.amount is None and mapping.direction is not None:
        raise InvalidInputError("The mapping's direction column goes with an amount column, not with debit and credit.")
    roles = ("date", "narration", "amount", "debit", "credit", "direction", "balance", "reference")
    named = {role: name for role in roles if (name := getattr(mapping, role)) is not None}
    return {role: comparable(name) for role, name in named.items()}


def _mapped_layout(header: Header, mapping: ColumnMapping, wanted: dict[str, str]) -> Layout:
    places = {role: header.names.index(name) for role, name in wanted.items()}
    return Layout(
        format="mapped-csv",
        title="a CSV file",
        columns=Columns(**places),
        institution=mapping.institution,
        account_type=mapping.account_type,
        assumed="DR" if mapping.unsigned_is == "debit" else "CR",
        currency=mapping.currency,
        month_first=mapping.date_order == "month-first",
        guarded=_is_own_export(header),
    )


def _is_own_export(header: Header) -> bool:
    """Whether this program wrote the file."""
    return frozenset(header.names) >= _OWN_EXPORT


def _missing(mapping: ColumnMapping, wanted: dict[str, str], header: Header | None) -> str:
    if header is None:
        return "No line of the file looks like a header with the mapping's columns. Check the delimiter."
    lacking = [str(getattr(mapping, role)) for role, name in wanted.items() if name not in header.names]
    quoted = ", ".join(f"'{shown(name)}'" for name in lacking)
    return f"The file has no column {quoted}. Its columns are {name_columns(header)}."
