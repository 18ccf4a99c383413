"""Rows of a table, one by one, to statement lines; what cannot be read is kept with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from services.financial.domain.records.spreadsheet import unguard
from services.financial.domain.statement import RejectedLine, StatementLine
from services.financial.infrastructure.statements import footers, unquoted
from services.financial.infrastructure.statements.amount_columns import AmountReader
from services.financial.infrastructure.statements.headers import Header, comparable
from services.financial.infrastructure.statements.layout import Layout
from services.financial.infrastructure.statements.table import Row
from services.financial.infrastructure.statements.values import ValueReadError, clean, read_amount, read_date
from services.shared.domain.money import Money

_SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

# ICICI numbers a card's transactions with ten digits and more; a short number only counts the lines of one export.
_SHORTEST_SERIAL: Final = 8


class ReadRows(NamedTuple):
    """In the order of the file. `warnings` are about lines that were left out although nothing is wrong with them."""

    lines: list[StatementLine]
    rejected: list[RejectedLine]
    warnings: list[str]


class RowReader:
    """Reads the rows of one table by its layout. `breaks_off` when the file does not end with a line break."""

    def __init__(self, header: Header, layout: Layout, amount: AmountReader, *, breaks_off: bool) -> None:
        self._names = header.names
        self._width = len(header.names)
        self._delimiter = header.delimiter
        self._layout = layout
        self._amount = amount
        self._breaks_off = breaks_off

    def read(self, rows: Sequence[Row]) -> ReadRows:
        """Every row that is a movement or should be one."""
        result = ReadRows([], [], [])
        last = self._last_dated(rows)
        ended = False
        for index, row in enumerate(rows):
            if footers.is_blank_or_ruler(row.cells):
                continue
            ended = ended or (not self._begins_like_date(row) and footers.ends_statement(row.cells))
            if self._is_no_movement(row, ended=ended, after_last=index > last):
                continue
            self._read_row(row, result, cut=self._is_cut(rows, index))
        return result

    def _is_cut(self, rows: Sequence[Row], index: int) -> bool:
        """Whether the file ends inside this row, as after an interrupted download: all rows but the last are whole."""
        if not self._breaks_off or index < len(rows) - 1 or len(rows[index].cells) >= self._width:
            return False
        return all(len(row.cells) >= self._width for row in rows[:index] if self._begins_like_date(row))

    def _is_no_movement(self, row: Row, *, ended: bool, after_last: bool) -> bool:
        if footers.is_card_number_row(row.cells):
            return True
        if ended:
            return not self._is_dated(row)
        if self._begins_like_date(row):
            return False
        if self._is_header(row) or footers.is_summary(row.cells):
            return True
        return after_last and (self._is_bare_total(row) or footers.is_prose(row.cells))

    def _is_header(self, row: Row) -> bool:
        """The table's header again, as at the top of every printed page."""
        return tuple(comparable(cell) for cell in row.cells[: self._width]) == self._names

    def _is_bare_total(self, row: Row) -> bool:
        """Figures without a date or a word."""
        return not any(character.isalpha() for cell in row.cells for character in cell) and not self._date_cell(row)

    def _read_row(self, row: Row, result: ReadRows, *, cut: bool) -> None:
        try:
            if cut:
                raise ValueReadError("the file breaks off in the middle of this line; download it again")
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
            self._text(cells[columns.narration]),
            self._reference(cells),
            None if balance is None else Money(balance, currency),
        )

    def _text(self, cell: str) -> str:
        text = clean(cell)
        return unguard(text) if self._layout.guarded else text

    def _reference(self, cells: Sequence[str]) -> str:
        columns = self._layout.columns
        if columns.reference is not None:
            return self._text(cells[columns.reference]).strip("-")
        serial = "" if columns.serial is None else self._text(cells[columns.serial])
        return serial if len(serial) >= _SHORTEST_SERIAL else ""

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
        whole = unquoted.joined(cells, self._width, self._layout.columns, self._reads_as_date, self._delimiter)
        if whole is None:
            separator = _SEPARATORS.get(self._delimiter, "separator")
            raise ValueReadError(
                f"it has {len(cells)} columns where the header has {self._width}: a {separator} inside a text or an "
                "amount must stand in quotation marks"
            )
        return whole

    def _begins_like_date(self, row: Row) -> bool:
        return self._date_cell(row)[:1].isdigit()

    def _is_dated(self, row: Row) -> bool:
        return self._reads_as_date(self._date_cell(row))

    def _reads_as_date(self, text: str) -> bool:
        try:
            read_date(text, self._layout.month_first)
        except ValueReadError:
            return False
        return True

    def _date_cell(self, row: Row) -> str:
        column = self._layout.columns.date
        return row.cells[column].strip().strip("'") if column < len(row.cells) else ""

    def _last_dated(self, rows: Sequence[Row]) -> int:
        for index in range(len(rows) - 1, -1, -1):
            if self._begins_like_date(rows[index]):
                return index
        return -1

    def _carries_balance(self, row: Row) -> bool:
        columns = self._layout.columns
        money = [at for at in (columns.debit, columns.credit, columns.amount) if at is not None]
        narration = row.cells[columns.narration] if columns.narration < len(row.cells) else ""
        empty = not any(row.cells[at].strip(" -") for at in money if at < len(row.cells))
        return empty and footers.is_carried_balance(narration)
