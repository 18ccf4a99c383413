"""Reads a bank export, whatever it is: the content decides the format, not the name of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from services.financial.domain.statement import ColumnMapping, ParsedStatement
from services.financial.infrastructure.statements import generic, hdfc, icici_card, ofx, sbi
from services.financial.infrastructure.statements.headers import Header, find_headers
from services.financial.infrastructure.statements.layout import Layout
from services.financial.infrastructure.statements.tabular import read_statement_table
from services.financial.infrastructure.statements.text import UNDERSTOOD, decode_text
from services.financial.infrastructure.statements.values import shown
from services.shared.domain.errors import UnsupportedFormatError

_BANKS: Final[tuple[Callable[[Header], Layout | None], ...]] = (
    hdfc.recognise,
    sbi.recognise,
    icici_card.recognise,
    generic.recognise,
)


def read_statement(content: bytes, filename: str = "", *, mapping: ColumnMapping | None = None) -> ParsedStatement:
    """Implements the port `StatementReader`. A mapping applies to CSV files, and there before every known layout."""
    text = decode_text(content)
    if ofx.is_ofx(text):
        return ofx.read_ofx(text)
    header, layout = generic.mapped(text, mapping) if mapping else _recognised(text, filename)
    return read_statement_table(text, header, layout)


def _recognised(text: str, filename: str) -> tuple[Header, Layout]:
    headers = list(find_headers(text))
    for recognise in _BANKS:
        for header in headers:
            if layout := recognise(header):
                return header, layout
    raise UnsupportedFormatError(_unknown(filename))


def _unknown(filename: str) -> str:
    name = f"'{shown(filename, 80)}'" if filename else "The file"
    return (
        f"{name} is text, but no statement that can be read. Understood are: {UNDERSTOOD}. "
        "For another CSV, give a column mapping that names its date, narration and amount columns."
    )
