"""A table of movements read by a layout: which columns, which signs, whose account."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from services.financial.domain.account import AccountType
from services.financial.domain.statement import AccountHint, ParsedStatement, RejectedLine, StatementLine
from services.financial.infrastructure.statements import footers
from services.financial.infrastructure.statements.account_hints import hint_from
from services.financial.infrastructure.statements.amount_columns import AmountReader, Mark, amount_style
from services.financial.infrastructure.statements.balances import chronological, contradictions
from services.financial.infrastructure.statements.headers import Columns, Header
from services.financial.infrastructure.statements.table import Row, read_table
from services.financial.infrastructure.statements.values import ValueReadError, read_amount, read_date, shown
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a bank lays out its table.

    `unmarked` is what an amount without sign or mark means ("" when the file itself must tell), `assumed` what is
    taken when not even the file tells.
    """

    format: str
    title: str
    columns: Columns
    institution: str = ""
    account_type: AccountType = AccountType.SAVINGS
    unmarked: Mark = ""
    assumed: Mark = "CR"
    currency: str = "INR"
    month_first: bool = False


class _Read(NamedTuple):
    lines: list[StatementLine]
    rejected: list[RejectedLine]
    warnings: list[str]


def read_statement_table(text: str, header: Header, layout: Layout) -> ParsedStatement:
    """Everything below the header, by the layout.

    Raises InvalidInputError when nothing at all stands there.
    """
    table = read_table(text, header.delimiter, header.line)
    style = amount_style(layout.columns, table.rows, layout.unmarked, layout.assumed)
    read = _RowReader(header, layout, style.read).read(table.rows)
    rejected = sorted([*read.rejected, *table.broken], key=lambda line: line.line)
    if not read.lines and not rejected:
        raise InvalidInputError(
            f"This is {layout.title} with a header and no transactions. Choose a period with entries and export again."
        )
    lines = chronological(read.lines)
    warnings = [*read.warnings, *contradictions(lines, rejected)]
    if style.directionless and lines:
        warnings.append(_directionless(layout.assumed))
    return ParsedStatement(layout.format, tuple(lines), tuple(rejected), _hint(text, header, layout), tuple(warnings))


def _directionless(assumed: Mark) -> str:
    taken = "out" if assumed == "DR" else "in"
    return (
        f"No amount carries a sign or a Dr/Cr mark, so all were read as money {taken}. If that is wrong, import again "
        "with a column mapping that names the direction, or says what unsigned amounts are."
    )


def _hint(text: str, header: Header, layout: Layout) -> AccountHint | None:
    # One line more than the header: card exports put the masked card number below it.
    above = "".join(islice(io.StringIO(text, newline=""), header.line + 1)).splitlines(keepends=True)
    preamble = [line for number, line in enumerate(above, start=1) if number < header.line]
    below = above[header.line :] if above[header.line :] and footers.is_card_number_row(above[header.line :]) else []
    return hint_from("".join([*preamble, *below]), layout.institution, layout.account_type)


class _RowReader:
    """Reads the rows one by one and keeps what cannot be read with its reason."""

    def __init__(self, header: Header, layout: Layout, amount: AmountReader) -> None:
        self._width = len(header.names)
        self._layout = layout
        self._amount = amount

    def read(self, rows: Sequence[Row]) -> _Read:
        result = _Read([], [], [])
        last = self._last_dated(rows)
        ended = False
        for index, row in enumerate(rows):
            if footers.is_blank_or_ruler(row.cells):
                continue
            dated = self._has_date(row)
            ended = ended or (not dated and footers.ends_statement(row.cells))
            if not dated and (ended or self._is_no_movement(row, after_last=index > last)):
                continue
            self._read_row(row, result)
        return result

    def _read_row(self, row: Row, result: _Read) -> None:
        try:
            line = self._line(row)
        except ValueReadError as error:
            if not self._carries_balance(row):
                result.rejected.append(RejectedLine(row.line, str(error)))
            return
        if line.amount.amount:
            result.lines.append(line)
        else:
            result.warnings.append(f"line {row.line}: the amount is zero, so there is nothing to record")

    def _line(self, row: Row) -> StatementLine:
        columns, currency = self._layout.columns, self._layout.currency
        cells = self._fitted(row.cells)
        booked_on = self._date(cells)
        amount = self._amount(cells)
        balance = self._balance(cells)
        return StatementLine(
            row.line,
            booked_on,
            Money(amount, currency),
            clean(cells[columns.narration]),
            "" if columns.reference is None else clean(cells[columns.reference]).strip("-"),
            None if balance is None else Money(balance, currency),
        )

    def _date(self, cells: Sequence[str]) -> date:
        columns = self._layout.columns
        text = cells[columns.date].strip()
        if not text and columns.value_date is not None:
            text = cells[columns.value_date].strip()
        return read_date(text, self._layout.month_first)

    def _balance(self, cells: Sequence[str]) -> Decimal | None:
        column = self._layout.columns.balance
        text = "" if column is None else cells[column].strip()
        if not text.strip("-"):
            return None
        try:
            value, mark = read_amount(text)
        except ValueReadError as error:
            raise ValueReadError(f"the balance cannot be read: {error}") from error
        return -abs(value) if mark == "DR" else value

    def _fitted(self, cells: list[str]) -> list[str]:
        """The cells of the header's width. Raises ValueReadError when there are more than can be explained."""
        surplus = len(cells) - self._width
        if surplus <= 0:
            return cells + [""] * -surplus if surplus else cells
        if not any(cell.strip() for cell in cells[self._width :]):
            return cells[: self._width]
        joined = self._narration_joined(cells, surplus)
        if joined is None:
            raise ValueReadError(
                f"it has {len(cells)} columns where the header has {self._width}: a comma inside a text or an amount "
                "must stand in quotation marks"
            )
        return joined

    def _narration_joined(self, cells: list[str], surplus: int) -> list[str] | None:
        """A narration with unquoted commas put together again, when the value date behind it proves the place."""
        columns = self._layout.columns
        at, witness = columns.narration, columns.value_date
        if witness is None or witness < at or columns.date > at:
            return None
        joined = [*cells[:at], ",".join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]
        try:
            read_date(joined[witness].strip(), self._layout.month_first)
        except ValueReadError:
            return None
        return joined

    def _has_date(self, row: Row) -> bool:
        column = self._layout.columns.date
        return column < len(row.cells) and _begins_like_date(row.cells[column])

    def _last_dated(self, rows: Sequence[Row]) -> int:
        return max((index for index, row in enumerate(rows) if self._has_date(row)), default=-1)

    def _is_no_movement(self, row: Row, *, after_last: bool) -> bool:
        cells = row.cells
        if footers.is_summary(cells) or footers.is_card_number_row(cells):
            return True
        return after_last and footers.is_prose(cells)

    def _carries_balance(self, row: Row) -> bool:
        columns = self._layout.columns
        money = [at for at in (columns.debit, columns.credit, columns.amount) if at is not None]
        narration = row.cells[columns.narration] if columns.narration < len(row.cells) else ""
        empty = not any(row.cells[at].strip(" -") for at in money if at < len(row.cells))
        return empty and footers.is_carried_balance(narration)


def _begins_like_date(text: str) -> bool:
    return text.strip().strip("'")[:1].isdigit()


def clean(text: str) -> str:
    """Text of one line: runs of white space become one space, control characters go."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(char for char in line if char.isprintable())


def name_columns(header: Header) -> str:
    """The header's columns, for a message."""
    return ", ".join(f"'{shown(name)}'" for name in header.written if name)
