"""What transactions were for, as rows that can be summed by category."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, literal, select, union_all

from services.financial.infrastructure.records.tables import transaction_parts
from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.ids import UserId

_T = transactions.c
_P = transaction_parts.c


def category_lines(user_id: UserId, start: date, end: date, currency: str) -> Subquery:
    """Columns `booked_on`, `category`, `payee`, `amount` and `entries`, over the transactions of these days.

    One row for each transaction; for one that was split, a second that takes it off its category again, and one for
    each part. `entries` is 1, or -1 on the row that takes off, so that its sum counts.
    """
    here = _here(user_id, start, end, currency)
    whole = select(_T.booked_on, _T.category, _T.payee, _T.amount, literal(1).label("entries")).where(*here)
    return union_all(whole, *_splits(here)).subquery("lines")


def split_lines(user_id: UserId, start: date, end: date, currency: str) -> Subquery:
    """Of `category_lines`, only those that splits add: what they change in sums over whole transactions."""
    return union_all(*_splits(_here(user_id, start, end, currency))).subquery("split_lines")


def _here(user_id: UserId, start: date, end: date, currency: str) -> Sequence[ColumnElement[bool]]:
    return (
        _T.user_id == user_id,
        _T.booked_on.between(start, end),
        _T.account_id.in_(accounts_in(user_id, currency)),
    )


def _splits(here: Sequence[ColumnElement[bool]]) -> tuple[Select[Any], Select[Any]]:
    entries = literal(-1).label("entries")
    off = select(_T.booked_on, _T.category, _T.payee, (-_T.amount).label("amount"), entries).where(_T.is_split, *here)
    parts = (
        select(_T.booked_on, _P.category, _T.payee, _P.amount, literal(1))
        .select_from(transactions.join(transaction_parts, _P.transaction_id == _T.id))
        .where(_T.is_split, *here)
    )
    return off, parts


def accounts_in(user_id: UserId, currency: str) -> Select[Any]:
    """The ids of the person's accounts in a currency."""
    return select(accounts.c.id).where(accounts.c.user_id == user_id, accounts.c.currency == currency)
