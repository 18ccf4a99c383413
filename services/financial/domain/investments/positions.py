"""What is held on a day and what it is worth, out of snapshots, transactions and prices that may disagree."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.financial.domain.investments.holding import Holding, HoldingSnapshot
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.lots import Lot, LotBook, PositionKey, agrees, replay
from services.financial.domain.investments.transaction import AMOUNT_PLACES, PRICE_PLACES, InvestmentTransaction
from services.shared.domain.ids import AccountId

# AMFI publishes on every business day; a long weekend and a holiday make five days.
STALE_AFTER_DAYS: Final = 5


class PriceSource(StrEnum):
    """Where a price comes from: AMFI's list, the custodian's report, the last trade, or what was paid."""

    AMFI = "amfi"
    CUSTODIAN = "custodian"
    TRADE = "trade"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Quote:
    """What a unit was worth at the end of a day."""

    price: Decimal
    on: date
    source: PriceSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Units of one instrument in one folio of an account.

    `value` is None when no price is known at all. `cost` is what the units held cost, None when it is unknown.
    `is_explained` says that the transactions on record add up to these units, so that returns can be told.
    """

    key: PositionKey
    units: Decimal
    cost: Decimal | None
    value: Decimal | None
    quote: Quote | None
    is_explained: bool

    def age_days(self, day: date) -> int | None:
        """How old the price is on a day."""
        return None if self.quote is None else (day - self.quote.on).days

    def is_stale(self, day: date) -> bool:
        """Whether the price is older than five days; a position without a price is."""
        age = self.age_days(day)
        return age is None or age > STALE_AFTER_DAYS


def positions(
    transactions: Sequence[InvestmentTransaction],
    snapshots: Iterable[HoldingSnapshot],
    navs: Mapping[InstrumentId, Quote],
) -> list[Position]:
    """All positions with units, out of what is on record up to the day of asking.

    An account with a snapshot holds what its latest one says, changed by the transactions after it; transactions alone
    tell what the others hold. Where the transactions until the snapshot add up to its units (of all folios together,
    for some custodians name none), they tell folios and costs; else the snapshot does, and the position is not
    explained. The newest price counts; on one day AMFI's goes before the custodian's, and that before a trade's.
    """
    books, trades = replay(transactions), _last_trades(transactions)
    covered: set[AccountId] = set()
    found: list[Position] = []
    for snapshot in snapshots:
        covered.add(snapshot.account_id)
        found += _of_snapshot(snapshot, transactions, books, navs, trades)
    for key, book in books.items():
        if key.account_id not in covered and book.units > 0:
            quotes = [navs.get(key.instrument_id), trades.get(key.instrument_id)]
            found.append(_position(book, quotes, book.cost, is_explained=not book.unmatched))
    return found


def _of_snapshot(
    snapshot: HoldingSnapshot,
    transactions: Sequence[InvestmentTransaction],
    books: Mapping[PositionKey, LotBook],
    navs: Mapping[InstrumentId, Quote],
    trades: Mapping[InstrumentId, Quote],
) -> Iterator[Position]:
    own = [one for one in transactions if one.account_id == snapshot.account_id]
    before = replay(own, snapshot.as_of)
    reported: dict[InstrumentId, list[Holding]] = defaultdict(list)
    for holding in snapshot.holdings:
        reported[holding.instrument_id].append(holding)
    for one in own:
        if one.traded_on > snapshot.as_of:
            reported.setdefault(one.instrument_id, [])
    for instrument_id, holdings in reported.items():
        quotes = [navs.get(instrument_id), _reported_quote(holdings, snapshot.as_of), trades.get(instrument_id)]
        if _explained(instrument_id, holdings, before):
            mine = [book for key, book in books.items() if key.account_id == snapshot.account_id]
            for book in mine:
                if book.key.instrument_id == instrument_id and book.units > 0:
                    yield _position(book, quotes, book.cost, is_explained=True)
        else:
            yield from _as_reported(snapshot, instrument_id, holdings, own, quotes)


def _explained(instrument_id: InstrumentId, holdings: Sequence[Holding], before: Mapping[PositionKey, LotBook]) -> bool:
    units = sum((holding.units for holding in holdings), Decimal(0))
    together = LotBook(PositionKey(AccountId(instrument_id), instrument_id, ""))
    for key, book in before.items():
        if key.instrument_id == instrument_id:
            together.lots.extend(book.lots)
            together.unmatched.extend(book.unmatched)
    return agrees(units, together) and not together.unmatched


def _as_reported(
    snapshot: HoldingSnapshot,
    instrument_id: InstrumentId,
    holdings: Sequence[Holding],
    own: Sequence[InvestmentTransaction],
    quotes: Sequence[Quote | None],
) -> Iterator[Position]:
    """The snapshot's units as lots of unknown age, and what happened since."""
    books: dict[str, LotBook] = {}
    unknown_cost: set[str] = set()
    for holding in holdings:
        book = LotBook(PositionKey(snapshot.account_id, instrument_id, holding.folio))
        book.lots = deque([Lot(snapshot.as_of, holding.units, holding.invested or Decimal(0))])
        books[holding.folio] = book
        if holding.invested is None:
            unknown_cost.add(holding.folio)
    later = [one for one in own if one.instrument_id == instrument_id and one.traded_on > snapshot.as_of]
    for one in later:
        key = PositionKey(snapshot.account_id, instrument_id, one.folio)
        # A custodian that names no folio holds the units of all of them under none.
        folio = one.folio if one.folio in books or "" not in books else ""
        books.setdefault(folio, LotBook(key)).enter(one)
    whole = holdings[0].value if len(holdings) == 1 and not later else None
    for folio, book in books.items():
        if book.units > 0:
            cost = None if folio in unknown_cost else book.cost
            yield _position(book, quotes, cost, is_explained=False, reported_value=whole)


def _position(
    book: LotBook,
    quotes: Sequence[Quote | None],
    cost: Decimal | None,
    *,
    is_explained: bool,
    reported_value: Decimal | None = None,
) -> Position:
    known = [quote for quote in quotes if quote is not None]
    quote = max(known, key=lambda one: one.on, default=None)
    value = None if quote is None else (book.units * quote.price).quantize(AMOUNT_PLACES)
    if quote is not None and quote.source is PriceSource.CUSTODIAN and reported_value is not None:
        value = reported_value
    if quote is None and cost:
        value = cost
        quote = Quote((cost / book.units).quantize(PRICE_PLACES), book.lots[-1].acquired_on, PriceSource.COST)
    return Position(key=book.key, units=book.units, cost=cost, value=value, quote=quote, is_explained=is_explained)


def _reported_quote(holdings: Sequence[Holding], day: date) -> Quote | None:
    for holding in holdings:
        if holding.price:
            return Quote(holding.price, day, PriceSource.CUSTODIAN)
        if holding.value is not None and holding.units > 0:
            return Quote((holding.value / holding.units).quantize(PRICE_PLACES), day, PriceSource.CUSTODIAN)
    return None


def _last_trades(transactions: Iterable[InvestmentTransaction]) -> dict[InstrumentId, Quote]:
    last: dict[InstrumentId, Quote] = {}
    for one in transactions:
        if one.price and one.units and (one.instrument_id not in last or last[one.instrument_id].on <= one.traded_on):
            last[one.instrument_id] = Quote(one.price, one.traded_on, PriceSource.TRADE)
    return last
