"""Sums over any days: whole months come from the sums that are kept, what is left at both ends from the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Subquery,
    cast,
    func,
    literal,
    select,
    union_all,
)

from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.domain.period import Month
from services.financial.infrastructure.rollups.tables import transaction_months
from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.ids import UserId

_T = transactions.c
_M = transaction_months.c
_BY_MONTHS = frozenset({Grouping.CATEGORY, Grouping.MONTH, Grouping.ACCOUNT, Grouping.NONE})


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both included; None is without an end. It must not be empty."""

    start: date | None = None
    end: date | None = None

    def whole_months(self) -> Span | None:
        """The months that lie in it as a whole, by their days; None without any."""
        start, end = self.start, self.end
        if start is not None and start.day > 1:
            start = Month.of(start).next().first
        if end is not None and end != Month.of(end).last:
            end = Month.of(end).first - timedelta(days=1)
        return None if start is not None and end is not None and start > end else Span(start, end)

    def edges(self) -> list[Span]:
        """What of it is in no whole month."""
        whole = self.whole_months()
        if whole is None:
            return [self]
        found = []
        if whole.start is not None and whole.start != self.start:
            found.append(Span(self.start, whole.start - timedelta(days=1)))
        if whole.end is not None and whole.end != self.end:
            found.append(Span(whole.end + timedelta(days=1), self.end))
        return found


def summable(wanted: TransactionFilter, grouping: Grouping = Grouping.NONE) -> bool:
    """Whether what is asked for can be told from sums by account, month, category and direction."""
    asked = (wanted.payee, wanted.text, wanted.min_amount, wanted.max_amount, wanted.tags, wanted.own_category_ids)
    return grouping in _BY_MONTHS and all(one is None for one in asked)


def month_sums(own_accounts: Select[Any], days: Span, user_id: UserId | None = None) -> Subquery:
    """Columns `account_id`, `month`, `category`, `type`, `amount`, `entries` over these accounts' whole transactions.

    Rows are sums or single transactions: they are to be summed. `user_id` names the accounts' owner, whose index by
    category then serves the days at the ends.
    """
    parts: list[Select[Any]] = []
    whole = days.whole_months()
    if whole is not None:
        kept = select(_M.account_id, _M.month, _M.category, _M.type, _M.amount, _M.entries)
        parts.append(kept.where(_M.account_id.in_(own_accounts), *_within(_M.month, whole)))
    month = month_of(_T.booked_on).label("month")
    rows = select(_T.account_id, month, _T.category, _T.type, _T.amount, literal(1).label("entries"))
    rows = rows.where(_T.account_id.in_(own_accounts))
    if user_id is not None:
        rows = rows.where(_T.user_id == user_id)
    parts += [rows.where(*_within(_T.booked_on, edge)) for edge in days.edges()]
    return union_all(*parts).subquery("sums")


def own_accounts(wanted: TransactionFilter, currency: str | None = None) -> Select[Any]:
    """The ids of the accounts that the filter is about, of one currency if it is given."""
    ids = select(accounts.c.id).where(accounts.c.user_id == wanted.user_id)
    if wanted.account_id is not None:
        ids = ids.where(accounts.c.id == wanted.account_id)
    for one in (currency, wanted.currency):
        if one is not None:
            ids = ids.where(accounts.c.currency == one)
    return ids


def month_of(day: ColumnElement[date]) -> ColumnElement[date]:
    """The first day of the day's month."""
    return cast(func.date_trunc("month", cast(day, DateTime)), Date)


def _within(day: ColumnElement[date], span: Span) -> list[ColumnElement[bool]]:
    bounds = []
    if span.start is not None:
        bounds.append(day >= span.start)
    if span.end is not None:
        bounds.append(day <= span.end)
    return bounds
