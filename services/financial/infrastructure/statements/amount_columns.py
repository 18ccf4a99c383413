"""How a table's columns tell a signed amount: money in is positive, money out and card purchases are negative."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from services.financial.infrastructure.statements.headers import Columns
from services.financial.infrastructure.statements.table import Row
from services.financial.infrastructure.statements.values import ReadAmount, ValueReadError, read_amount, shown

ZERO: Final = Decimal(0)
Mark = Literal["DR", "CR", ""]
# A row's cells (padded to the header's width) to its signed amount; raises ValueReadError.
AmountReader = Callable[[Sequence[str]], Decimal]

_DIRECTIONS: Final[dict[str, Mark]] = {
    **dict.fromkeys(("dr", "d", "debit", "debited", "withdrawal", "w", "paid", "out", "-", "purchase"), "DR"),
    **dict.fromkeys(("cr", "c", "credit", "credited", "deposit", "received", "in", "+", "refund"), "CR"),
}


class AmountStyle(NamedTuple):
    """A reader of amounts, and whether nothing in the file told which way the money went."""

    read: AmountReader
    directionless: bool = False


def amount_style(columns: Columns, rows: Sequence[Row], unmarked: Mark, assumed: Mark) -> AmountStyle:
    """The reader for these columns.

    `unmarked` is the layout's own rule for an amount without sign or mark ("" when it has none); without one the rest
    of the column decides, and where that says nothing, `assumed`.
    """
    if columns.amount is None:
        if columns.debit is None or columns.credit is None:
            raise ValueError("a table needs an amount column, or a debit and a credit column")
        return AmountStyle(_two_columns(columns.debit, columns.credit, _debits_are_negative(columns.debit, rows)))
    if columns.direction is not None:
        marks = {direction(_cell(row, columns.direction)) for row in rows}
        blank = unmarked or _other_than(marks)
        return AmountStyle(_marked_by_column(columns.amount, columns.direction, blank))
    seen = [amount for row in rows if (amount := _readable(_cell(row, columns.amount)))]
    blank = unmarked or _other_than({amount.mark for amount in seen})
    told = blank or any(amount.mark or amount.value < 0 for amount in seen)
    return AmountStyle(_one_column(columns.amount, blank or assumed), directionless=not told)


def direction(text: str) -> str | None:
    """A Dr/Cr cell as "DR", "CR", "" when blank, or None when it says something else."""
    word = text.strip().strip(".()").lower()
    return _DIRECTIONS.get(word) if word else ""


def _two_columns(debit: int, credit: int, negative_debits: bool) -> AmountReader:
    def read(cells: Sequence[str]) -> Decimal:
        out_text, in_text = cells[debit].strip(), cells[credit].strip()
        out, into = _value(out_text), _value(in_text)
        if out and into:
            raise ValueReadError(f"both a withdrawal ({shown(out_text)}) and a deposit ({shown(in_text)}) are given")
        if not out_text.strip("-") and not in_text.strip("-"):
            raise ValueReadError("there is no amount: withdrawal and deposit are both empty")
        return into + out if negative_debits else into - out

    return read


def _marked_by_column(amount: int, mark_column: int, blank: Mark) -> AmountReader:
    def read(cells: Sequence[str]) -> Decimal:
        value, inline = _required(cells[amount])
        mark = direction(cells[mark_column])
        if mark is None and blank == "DR" and _repeats(cells[mark_column], value):
            return -value
        if mark is None:
            raise ValueReadError(f"'{shown(cells[mark_column])}' says neither debit (Dr) nor credit (Cr)")
        if mark or inline:
            return _signed(ReadAmount(value, mark or inline), "")
        if not blank:
            raise ValueReadError("it does not say whether the amount is a debit or a credit")
        return -value if blank == "DR" else value

    return read


def _repeats(mark_cell: str, value: Decimal) -> bool:
    """ICICI's export by dates has the amount again where others have CR: with a minus when it came in."""
    repeated = _readable(mark_cell)
    return repeated is not None and repeated.value == value


def _one_column(amount: int, blank: Mark) -> AmountReader:
    def read(cells: Sequence[str]) -> Decimal:
        return _signed(_required(cells[amount]), blank)

    return read


def _signed(amount: ReadAmount, blank: Mark) -> Decimal:
    if amount.mark:
        return -abs(amount.value) if amount.mark == "DR" else abs(amount.value)
    return -amount.value if blank == "DR" and amount.value > 0 else amount.value


def _required(text: str) -> ReadAmount:
    if not text.strip():
        raise ValueReadError("there is no amount")
    return read_amount(text)


def _value(text: str) -> Decimal:
    return read_amount(text).value if text.strip("-") else ZERO


def _readable(text: str) -> ReadAmount | None:
    try:
        return read_amount(text)
    except ValueReadError:
        return None


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def _other_than(marks: Iterable[str | None]) -> Mark:
    """When only one of Dr and Cr is ever written, what is not marked is the other one."""
    written = {mark for mark in marks if mark}
    if written == {"CR"}:
        return "DR"
    return "CR" if written == {"DR"} else ""


def _debits_are_negative(debit: int, rows: Iterable[Row]) -> bool:
    """Some banks write withdrawals with a minus; elsewhere a minus among them is a reversal."""
    values = [amount.value for row in rows if (amount := _readable(_cell(row, debit))) and amount.value]
    return bool(values) and all(value < 0 for value in values)
