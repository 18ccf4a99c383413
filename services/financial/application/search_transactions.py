"""Query: find transactions, and what all that match come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.application.readers import FinanceReader, MatchTotals
from services.financial.application.record_span import left_out, require_between
from services.financial.application.transaction_views import (
    require_searchable,
    require_size,
    standings_with,
    transaction_views,
)
from services.financial.application.views import TransactionSearchView
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.filters import Sort, TransactionFilter
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.labels import clean_tag
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money

MAX_LIMIT: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTransactionsRequest:
    """What to look for; the fields are those of TransactionFilter. `limit` is 1 to 50."""

    user_id: UserId
    currency: str = "INR"
    start: date | None = None
    end: date | None = None
    category: Category | None = None
    payee: str | None = None
    account_id: AccountId | None = None
    direction: Direction | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    text: str | None = None
    own_category_id: OwnCategoryId | None = None
    tag: str | None = None
    sort: Sort = Sort.NEWEST
    limit: int = 20


class SearchTransactions:
    """Answers with the first matches in the order asked for, and count and totals of all matches."""

    def __init__(self, reader: FinanceReader) -> None:
        self._reader = reader

    async def __call__(self, request: SearchTransactionsRequest) -> TransactionSearchView:
        """The matches."""
        require_between("limit", request.limit, 1, MAX_LIMIT)
        wanted = _filter(request)
        standings = await standings_with(self._reader, request.user_id, request.account_id)
        page = await self._reader.page(wanted, request.sort, request.limit)
        totals = await self._reader.match_totals(wanted)
        zero = Money.zero(request.currency)
        own = totals.get(request.currency, MatchTotals(0, zero, zero))
        recorded = await self._reader.recorded_period(request.user_id)
        return TransactionSearchView(
            from_=request.start or (recorded.start if recorded else None),
            to=request.end or (recorded.end if recorded else None),
            currency=request.currency,
            count=sum(total.count for total in totals.values()),
            total_debit=own.debit.amount,
            total_credit=own.credit.amount,
            transactions=transaction_views(page, standings),
            left_out=left_out(standings, request.currency),
        )


def _filter(request: SearchTransactionsRequest) -> TransactionFilter:
    require_size("min_amount", request.min_amount)
    require_size("max_amount", request.max_amount)
    return TransactionFilter(
        user_id=request.user_id,
        start=request.start,
        end=request.end,
        categories=None if request.category is None else frozenset({request.category}),
        payee=require_searchable("payee", request.payee),
        account_id=request.account_id,
        direction=request.direction,
        min_amount=request.min_amount,
        max_amount=request.max_amount,
        text=require_searchable("text", request.text),
        own_category_ids=None if request.own_category_id is None else frozenset({request.own_category_id}),
        tags=None if request.tag is None else frozenset({clean_tag(request.tag)}),
    )
