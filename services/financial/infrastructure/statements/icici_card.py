"""ICICI Bank credit cards: Date, Sr.No., Transaction Details, Reward Point Header, Intl.Amount, Amount(in Rs),
BillingAmountSign.

The monthly export has dates dd/mm/yyyy and long serial numbers; a purchase has no sign and is money owed, so
negative; CR marks payments and refunds. The export by dates has dates dd-MON-yy, counts its lines in Sr.No., and has
the amount again in the last column, with a minus for payments and refunds. The preamble has `Accountno:`; a masked card
number may stand alone above its purchases.
"""

from __future__ import annotations

from typing import Final

from services.financial.domain.account import AccountType
from services.financial.infrastructure.statements.headers import Header, columns_of
from services.financial.infrastructure.statements.layout import Layout

_HEADER: Final = frozenset({"date", "transaction details", "amount", "billingamountsign"})


def recognise(header: Header) -> Layout | None:
    """The layout when the header is that of an ICICI card, otherwise None."""
    columns = columns_of(header) if frozenset(header.names) >= _HEADER else None
    if columns is None:
        return None
    return Layout(
        format="icici-card-csv",
        title="an ICICI Bank credit card statement",
        columns=columns,
        institution="ICICI Bank",
        account_type=AccountType.CREDIT_CARD,
        unmarked="DR",
        without_references="icici-card-dates-csv",
    )
