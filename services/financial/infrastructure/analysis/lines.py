"""What transactions were for, as rows that can be summed by category."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, select

from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.ids import UserId

_T = transactions.c


def category_lines(user_id: UserId, start: date, end: date, currency: str) -> Subquery:
    """Columns `booked_on`, `category`, `payee`, `amount`: one row for each transaction of these days."""
    query: Select[Any] = select(_T.booked_on, _T.category, _T.payee, _T.amount).where(
        _T.user_id == user_id,
        _T.booked_on.between(start, end),
        _T.account_id.in_(accounts_in(user_id, currency)),
    )
    return query.subquery("lines")


def accounts_in(user_id: UserId, currency: str) -> Select[Any]:
    """The ids of the person's accounts in a currency."""
    return select(accounts.c.id).where(accounts.c.user_id == user_id, accounts.c.currency == currency)
