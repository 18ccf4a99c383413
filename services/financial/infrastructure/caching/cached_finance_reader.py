"""The finance reader with a cache before what scans many rows.

An answer is kept under the count of the person's changes, which is read first and goes up in the transaction of each
change. After a change nobody asks for the earlier answer any more, however late it is stored.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import orjson

from data.transactions import surrounding
from services.financial.application.readers import FinanceReader, MatchTotals, PageKey
from services.financial.domain.balances import AccountStanding
from services.financial.domain.filters import Grouping, Sort, TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.summary import GroupTotal
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.caching.query_cache import QueryCache
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money

T = TypeVar("T")


class FinanceVersions(Protocol):
    """Counts the changes of a person's records."""

    async def current(self, user_id: UserId) -> int:
        """The count of those that are committed."""
        ...


class CachedFinanceReader:
    """Implements FinanceReader: totals come from the cache, what is quick or large from the reader itself.

    Inside a surrounding transaction nothing is cached: what is read there may never be committed.
    """

    def __init__(self, reader: FinanceReader, versions: FinanceVersions, cache: QueryCache) -> None:
        self._reader = reader
        self._versions = versions
        self._cache = cache

    async def standing(self, user_id: UserId, account_id: AccountId) -> AccountStanding | None:
        """One row, read by its key."""
        return await self._reader.standing(user_id, account_id)

    async def standings(self, user_id: UserId, as_of: date | None = None) -> list[AccountStanding]:
        """A row for each account; figures of an earlier day scan, but are of few accounts."""
        return await self._reader.standings(user_id, as_of)

    async def recorded_period(self, user_id: UserId) -> Period | None:
        """Read from the accounts' rows."""
        return await self._reader.recorded_period(user_id)

    async def totals(self, wanted: TransactionFilter, grouping: Grouping, currency: str) -> list[GroupTotal]:
        """Cached."""
        return await self._cached(
            wanted.user_id,
            ["totals", _words(wanted), grouping.value, currency],
            lambda: self._reader.totals(wanted, grouping, currency),
            lambda totals: orjson.dumps([[one.key, str(one.amount), one.count] for one in totals]),
            lambda stored: [
                GroupTotal(key, Money(Decimal(amount), currency), int(count))
                for key, amount, count in orjson.loads(stored)
            ],
        )

    async def match_totals(self, wanted: TransactionFilter) -> dict[str, MatchTotals]:
        """Cached."""
        return await self._cached(
            wanted.user_id,
            ["match_totals", _words(wanted)],
            lambda: self._reader.match_totals(wanted),
            lambda totals: orjson.dumps(
                {currency: [one.count, str(one.debit), str(one.credit)] for currency, one in totals.items()}
            ),
            lambda stored: {
                currency: MatchTotals(int(count), Money(Decimal(debit), currency), Money(Decimal(credit), currency))
                for currency, (count, debit, credit) in orjson.loads(stored).items()
            },
        )

    async def page(
        self, wanted: TransactionFilter, sort: Sort, limit: int, after: PageKey | None = None
    ) -> Sequence[Transaction]:
        """Read along an index."""
        return await self._reader.page(wanted, sort, limit, after)

    async def since(self, user_id: UserId, start: date) -> list[Transaction]:
        """Too much to be kept."""
        return await self._reader.since(user_id, start)

    async def _cached(
        self,
        user_id: UserId,
        question: list[Any],
        compute: Callable[[], Awaitable[T]],
        encode: Callable[[T], bytes],
        decode: Callable[[bytes], T],
    ) -> T:
        if surrounding() is not None:
            return await compute()
        version = await self._versions.current(user_id)
        what = json.dumps([str(user_id), version, *question], sort_keys=True)
        return await self._cache.get(what, compute, encode, decode)


def _words(wanted: TransactionFilter) -> dict[str, str | list[str] | None]:
    """The filter so that equal filters have equal words."""
    return {field.name: _word(getattr(wanted, field.name)) for field in dataclasses.fields(wanted)}


def _word(value: object) -> str | list[str] | None:
    if value is None:
        return None
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)
