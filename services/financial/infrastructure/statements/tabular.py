"""A delimited table of movements, read by a layout into a statement."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import islice

from services.financial.domain.statement import AccountHint, ParsedStatement, StatementLine
from services.financial.infrastructure.statements import footers
from services.financial.infrastructure.statements.account_hints import hint_from
from services.financial.infrastructure.statements.amount_columns import Mark, amount_style
from services.financial.infrastructure.statements.balances import chronological, contradictions
from services.financial.infrastructure.statements.headers import Header
from services.financial.infrastructure.statements.layout import Layout
from services.financial.infrastructure.statements.row_reader import RowReader
from services.financial.infrastructure.statements.table import read_table
from services.shared.domain.errors import InvalidInputError


def read_statement_table(text: str, header: Header, layout: Layout) -> ParsedStatement:
    """Everything below the header, by the layout.

    Raises InvalidInputError when nothing at all stands there.
    """
    table = read_table(text, header.delimiter, header.line)
    style = amount_style(layout.columns, table.rows, layout.unmarked, layout.assumed)
    reader = RowReader(header, layout, style.read, breaks_off=not text.endswith(("\n", "\r")))
    read = reader.read(table.rows)
    rejected = sorted([*read.rejected, *table.broken], key=lambda line: line.line)
    if not read.lines and not rejected:
        raise InvalidInputError(
            f"This is {layout.title} with a header and no transactions. Choose a period with entries and export again."
        )
    lines = chronological(read.lines)
    warnings = [*read.warnings, *contradictions(lines, rejected)]
    if style.directionless and lines:
        warnings.append(_directionless(layout.assumed))
    hint = _hint(text, header, layout)
    return ParsedStatement(_format(layout, lines), tuple(lines), tuple(rejected), hint, tuple(warnings))


def _format(layout: Layout, lines: Sequence[StatementLine]) -> str:
    if layout.without_references and not any(line.reference for line in lines):
        return layout.without_references
    return layout.format


def _directionless(assumed: Mark) -> str:
    taken = "out" if assumed == "DR" else "in"
    return (
        f"No amount carries a sign or a Dr/Cr mark, so all were read as money {taken}. If that is wrong, import again "
        "with a column mapping that names the direction, or says what unsigned amounts are."
    )


def _hint(text: str, header: Header, layout: Layout) -> AccountHint | None:
    lines = list(islice(io.StringIO(text, newline=""), header.line + 1))
    above, below = lines[: header.line - 1], [line.strip(' \r\n,;\t|"') for line in lines[header.line :]]
    # Card exports put the masked card number on a line of its own below the header.
    shown_lines = [*above, *(line for line in below if footers.is_card_number_row([line]))]
    return hint_from("".join(shown_lines), layout.institution, layout.account_type)
