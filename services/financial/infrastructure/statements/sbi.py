"""State Bank of India savings and current accounts: CSV, and the tab-separated file that is offered as .xls.

Txn Date, Value Date, Description, Ref No./Cheque No., Debit, Credit, Balance (older files have Branch Code as well,
newer ones Date, Details); dates as 2 Dec 2024; amounts in Indian grouping; a blank or a space in the column that does
not apply; a preamble of `Name,: value` lines.
"""

from __future__ import annotations

from typing import Final

from services.financial.infrastructure.statements.headers import Header, columns_of
from services.financial.infrastructure.statements.layout import Layout

_COMMON: Final = frozenset({"ref no cheque no", "debit", "credit", "balance"})
_NAMED: Final = ({"txn date", "description"}, {"value date", "description"}, {"date", "details"})


def recognise(header: Header) -> Layout | None:
    """The layout when the header is SBI's, otherwise None."""
    names = frozenset(header.names)
    columns = columns_of(header) if names >= _COMMON and any(names >= pair for pair in _NAMED) else None
    if columns is None:
        return None
    return Layout(
        format="sbi-savings-csv",
        title="a State Bank of India statement",
        columns=columns,
        institution="State Bank of India",
    )
