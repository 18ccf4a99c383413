"""Rows of a delimited text, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from services.financial.domain.statement import RejectedLine
from services.financial.infrastructure.statements.text import MAX_FIELD_CHARS, MAX_LINE_CHARS
from services.shared.domain.errors import InvalidInputError, TooLargeError

# A quoted address or narration may run over some lines; one that runs over more has swallowed other rows.
_MAX_SPANNED_LINES: Final = 5


class Row(NamedTuple):
    """`line` is the 1-based line of the file where the row begins, also when a quoted cell spans lines."""

    line: int
    cells: list[str]


class Table(NamedTuple):
    """Rows below a header, and the lines among them whose quotes are broken."""

    rows: list[Row]
    broken: list[RejectedLine]


def read_table(text: str, delimiter: str, after_line: int) -> Table:
    """All rows below `after_line`, quotes read strictly.

    Raises InvalidInputError when a quote is never closed (what follows it cannot be told apart), TooLargeError for a
    cell of more than MAX_FIELD_CHARS or a line of more than MAX_LINE_CHARS characters.
    """
    lines = islice(_bounded_lines(text), after_line, None)
    # A blank after a comma may be part of a narration, and is taken off only where quotation marks follow it.
    blanks = re.search(rf"{re.escape(delimiter)} +\"", text) is not None and delimiter != "\t"
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=blanks)
    rows: list[Row] = []
    broken: list[RejectedLine] = []
    while True:
        begins = after_line + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return Table(rows, broken)
        except csv.Error as error:
            broken.append(_broken(error, begins, after_line + reader.line_num))
            continue
        if reader.line_num + after_line - begins > _MAX_SPANNED_LINES:
            broken.append(RejectedLine(begins, _unread(begins, after_line + reader.line_num)))
            continue
        for cell in cells:
            if len(cell) > MAX_FIELD_CHARS:
                raise _too_long(begins)
        rows.append(Row(begins, [_without_formula(cell) for cell in cells]))


def _without_formula(cell: str) -> str:
    """Canara and others write `="0123"`, so that spreadsheets keep the cell as text."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _bounded_lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > MAX_LINE_CHARS:
            raise _too_long(number)
        yield line


def _broken(error: csv.Error, line: int, last_line: int) -> RejectedLine:
    message = str(error)
    if "field larger" in message:
        raise _too_long(line) from error
    if "unexpected end of data" in message:
        raise InvalidInputError(
            f"Line {line}: a quotation mark opens here and is never closed, so the rest of the file cannot be read. "
            "Close or remove it, or download the statement again."
        ) from error
    return RejectedLine(line, _unread(line, last_line))


def _unread(first: int, last: int) -> str:
    if first >= last:
        return "the quotation marks on this line do not pair"
    return f"the quotation marks on lines {first} to {last} do not pair, so none of these lines was read"


def _too_long(line: int) -> TooLargeError:
    return TooLargeError(
        f"Line {line} has a cell of more than {MAX_FIELD_CHARS:,} characters, which no statement has. "
        "Check that this is the right file, and that its quotation marks pair."
    )
