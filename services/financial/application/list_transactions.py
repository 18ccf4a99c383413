"""Query: page through transactions."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID

from services.financial.application.readers import FinanceReader, PageKey
from services.financial.application.record_span import require_between
from services.financial.application.transaction_views import require_searchable, standings_with, transaction_views
from services.financial.application.views import TransactionPageView
from services.financial.domain.category import Category
from services.financial.domain.filters import Sort, TransactionFilter
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.labels import clean_tag
from services.financial.domain.transaction import Transaction
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, TransactionId, UserId

MAX_LIMIT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTransactionsRequest:
    """`q` is found in payee or narration. `cursor` is the last page's `next_cursor`; `limit` is 1 to 200."""

    user_id: UserId
    start: date | None = None
    end: date | None = None
    category: Category | None = None
    account_id: AccountId | None = None
    q: str | None = None
    own_category_id: OwnCategoryId | None = None
    tag: str | None = None
    cursor: str | None = None
    limit: int = 50


class ListTransactions:
    """Answers with one page, newest first. Pages neither repeat nor lose rows while others are being added."""

    def __init__(self, reader: FinanceReader) -> None:
        self._reader = reader

    async def __call__(self, request: ListTransactionsRequest) -> TransactionPageView:
        """The page behind the cursor, the first without one."""
        require_between("limit", request.limit, 1, MAX_LIMIT)
        after = _decode_cursor(request.cursor) if request.cursor else None
        standings = await standings_with(self._reader, request.user_id, request.account_id)
        wanted = TransactionFilter(
            user_id=request.user_id,
            start=request.start,
            end=request.end,
            categories=None if request.category is None else frozenset({request.category}),
            account_id=request.account_id,
            text=require_searchable("q", request.q),
            own_category_ids=None if request.own_category_id is None else frozenset({request.own_category_id}),
            tags=None if request.tag is None else frozenset({clean_tag(request.tag)}),
        )
        rows = await self._reader.page(wanted, Sort.NEWEST, request.limit + 1, after)
        shown = rows[: request.limit]
        return TransactionPageView(
            transactions=transaction_views(shown, standings),
            next_cursor=_encode_cursor(shown[-1]) if len(rows) > request.limit else None,
        )


def _encode_cursor(last: Transaction) -> str:
    text = f"{last.booked_on.isoformat()}|{abs(last.amount.amount):f}|{last.id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode_cursor(cursor: str) -> PageKey:
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        day, size, transaction_id = text.split("|")
        return PageKey(date.fromisoformat(day), Decimal(size), TransactionId(UUID(transaction_id)))
    except (ValueError, binascii.Error, InvalidOperation) as error:
        raise InvalidInputError(
            "cursor is not one that was given out: use the next_cursor of the page before.", extra={"field": "cursor"}
        ) from error
