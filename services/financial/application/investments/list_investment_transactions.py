"""Query: page through investment transactions."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.financial.application.investments.readers import InvestmentPageKey, InvestmentReader
from services.financial.application.investments.views import InvestmentPageView, InvestmentTransactionView
from services.financial.application.record_span import require_between
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.transaction import InvestmentTransaction, InvestmentTransactionId
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId

MAX_LIMIT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInvestmentTransactionsRequest:
    """`cursor` is the last page's `next_cursor`; `limit` is 1 to 200."""

    user_id: UserId
    account_id: AccountId | None = None
    instrument_id: InstrumentId | None = None
    cursor: str | None = None
    limit: int = 50


class ListInvestmentTransactions:
    """Answers with one page, newest first. Pages neither repeat nor lose rows while others are being added."""

    def __init__(self, reader: InvestmentReader) -> None:
        self._reader = reader

    async def __call__(self, request: ListInvestmentTransactionsRequest) -> InvestmentPageView:
        """The page behind the cursor, the first without one."""
        require_between("limit", request.limit, 1, MAX_LIMIT)
        rows = await self._reader.page(
            request.user_id,
            account_id=request.account_id,
            instrument_id=request.instrument_id,
            limit=request.limit + 1,
            after=_decode(request.cursor) if request.cursor else None,
        )
        shown = rows[: request.limit]
        names = {one.id: one.name for one in await self._reader.instruments(request.user_id)} if shown else {}
        return InvestmentPageView(
            tuple(_view(one, names[one.instrument_id]) for one in shown),
            _encode(shown[-1]) if len(rows) > request.limit else None,
        )


def _view(one: InvestmentTransaction, name: str) -> InvestmentTransactionView:
    return InvestmentTransactionView(
        transaction_id=one.id,
        instrument_id=one.instrument_id,
        name=name,
        account_id=one.account_id,
        folio=one.folio,
        type=one.type,
        traded_on=one.traded_on,
        units=one.units,
        price=one.price,
        amount=one.amount,
        charges=one.charges,
        ratio=one.ratio,
        source=one.source,
    )


def _encode(last: InvestmentTransaction) -> str:
    return base64.urlsafe_b64encode(f"{last.traded_on}|{last.id}".encode()).decode().rstrip("=")


def _decode(cursor: str) -> InvestmentPageKey:
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        day, transaction_id = text.split("|")
        return InvestmentPageKey(date.fromisoformat(day), InvestmentTransactionId(UUID(transaction_id)))
    except (ValueError, binascii.Error) as error:
        raise InvalidInputError(
            "cursor is not one that was given out: use the next_cursor of the page before.", extra={"field": "cursor"}
        ) from error
