"""HDFC Bank savings and current accounts: the CSV and the "delimited" download.

CSV: Date, Narration, Chq./Ref.No., Value Dt, Withdrawal Amt., Deposit Amt., Closing Balance; dates dd/mm/yy; the
spreadsheet saved as CSV has a preamble, rulers of asterisks and a statement summary around the same table.
Delimited: Date, Narration, Value Dat, Debit Amount, Credit Amount, Chq/Ref Number, Closing Balance; cells padded
with spaces, 0.00 in the column that does not apply, commas in narrations not quoted.
"""

from __future__ import annotations

from typing import Final

from services.financial.infrastructure.statements.headers import Header, columns_of
from services.financial.infrastructure.statements.layout import Layout

_CSV: Final = frozenset(
    {"date", "narration", "chq ref no", "value dt", "withdrawal amt", "deposit amt", "closing balance"}
)
_DELIMITED: Final = frozenset({"date", "narration", "value dat", "debit amount", "credit amount", "chq ref number"})


def recognise(header: Header) -> Layout | None:
    """The layout when the header is HDFC's, otherwise None."""
    names = frozenset(header.names)
    columns = columns_of(header) if names >= _CSV or names >= _DELIMITED else None
    if columns is None:
        return None
    return Layout(format="hdfc-savings-csv", title="an HDFC Bank statement", columns=columns, institution="HDFC Bank")
