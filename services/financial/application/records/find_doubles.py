"""Query: entries by hand that a bank's file may have brought once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.financial.application.readers import FinanceReader
from services.financial.application.records.readers import RecordsReader
from services.financial.application.transaction_views import transaction_views
from services.financial.application.views import TransactionView
from services.financial.domain.records.doubles import BOOKED_WITHIN_DAYS, possible_doubles
from services.shared.domain.ids import UserId

MAX_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FindDoublesRequest:
    """Whose, and how many pairs to list."""

    user_id: UserId
    limit: int = MAX_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleView:
    """An entry by hand and the line of a statement that may be the same payment; both count until they are merged."""

    entered: TransactionView
    booked: TransactionView
    days_apart: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoublesView:
    """The pairs, those first that are fewest days apart; `count` is of all, of which `limit` are listed."""

    count: int
    doubles: tuple[DoubleView, ...]


class FindDoubles:
    """Answers with pairs of equal amounts on one account within five days, one entered and one booked."""

    def __init__(self, records: RecordsReader, reader: FinanceReader) -> None:
        self._records = records
        self._reader = reader

    async def __call__(self, request: FindDoublesRequest) -> DoublesView:
        """The pairs; an entry with the tag `separate` is in none."""
        found = possible_doubles(*await self._records.alike(request.user_id, BOOKED_WITHIN_DAYS))
        standings = await self._reader.standings(request.user_id)
        shown = found[: request.limit]
        entered = transaction_views([pair.entered for pair in shown], standings)
        booked = transaction_views([pair.booked for pair in shown], standings)
        return DoublesView(
            count=len(found),
            doubles=tuple(
                DoubleView(entered=one, booked=other, days_apart=pair.days_apart)
                for pair, one, other in zip(shown, entered, booked, strict=True)
            ),
        )
