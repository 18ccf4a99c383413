"""Purchase lots and what was sold out of them: first in, first out.

Section 45(2A) of the Income-tax Act, 1961, and the Board's circular 768 of 24 June 1998 prescribe first-in-first-out
for dematerialised securities, account by account; funds' registrars apply it folio by folio, and so does this.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.transaction import (
    AMOUNT_PLACES,
    PURCHASES,
    SALES,
    UNIT_PLACES,
    InvestmentTransaction,
    InvestmentType,
)
from services.shared.domain.ids import AccountId

VALUED_ON: Final = date(2018, 1, 31)
_ORDER: Final = (
    {InvestmentType.SPLIT: 0, InvestmentType.BONUS: 1} | dict.fromkeys(PURCHASES, 2) | dict.fromkeys(SALES, 3)
)
_DUST: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class PositionKey:
    """What lots are kept apart by."""

    account_id: AccountId
    instrument_id: InstrumentId
    folio: str


@dataclass(slots=True)
class Lot:
    """Units of one acquisition that are still held.

    `cost` is what was paid for them, charges included; nothing for a bonus. `split_factor` is how many units there are
    now for one unit on 31 January 2018, for the value of that day.
    """

    acquired_on: date
    units: Decimal
    cost: Decimal
    is_bonus: bool = False
    split_factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """Units of one lot that were sold; `proceeds` are what was received for them after charges."""

    key: PositionKey
    acquired_on: date
    sold_on: date
    units: Decimal
    cost: Decimal
    proceeds: Decimal
    is_bonus: bool
    split_factor: Decimal

    @property
    def gain(self) -> Decimal:
        """Proceeds less cost; no rule of any tax applied."""
        return self.proceeds - self.cost


@dataclass(frozen=True, slots=True)
class UnmatchedSale:
    """Units sold without a purchase on record: what they cost, and for how long they were held, is unknown."""

    key: PositionKey
    sold_on: date
    units: Decimal
    proceeds: Decimal


@dataclass(slots=True)
class LotBook:
    """The lots of one position: what is held, what was sold, what cannot be told."""

    key: PositionKey
    lots: deque[Lot] = field(default_factory=deque)
    disposals: list[Disposal] = field(default_factory=list)
    unmatched: list[UnmatchedSale] = field(default_factory=list)

    @property
    def units(self) -> Decimal:
        """Units held by these transactions alone."""
        return sum((lot.units for lot in self.lots), Decimal(0))

    @property
    def cost(self) -> Decimal:
        """What the units held cost."""
        return sum((lot.cost for lot in self.lots), Decimal(0))

    def enter(self, transaction: InvestmentTransaction) -> None:
        """Bring the book up to date; transactions come in the order of `replay`."""
        if transaction.type in PURCHASES:
            self.lots.append(Lot(transaction.traded_on, transaction.units, transaction.amount))
        elif transaction.type is InvestmentType.BONUS:
            self.lots.append(Lot(transaction.traded_on, transaction.units, Decimal(0), is_bonus=True))
        elif transaction.type is InvestmentType.SPLIT:
            self._split(transaction)
        elif transaction.type in SALES:
            self._sell(transaction)

    def _split(self, transaction: InvestmentTransaction) -> None:
        """Every lot keeps its day and its cost and has more units; the last takes what rounding leaves."""
        held = self.units
        if held <= 0:
            return
        after = held * transaction.ratio if transaction.ratio else held + transaction.units
        factor, left = after / held, after.quantize(UNIT_PLACES)
        for number, lot in enumerate(self.lots, 1):
            share = left if number == len(self.lots) else (lot.units * factor).quantize(UNIT_PLACES)
            lot.units, left = share, left - share
            if transaction.traded_on > VALUED_ON and lot.acquired_on <= VALUED_ON:
                lot.split_factor *= factor

    def _sell(self, sale: InvestmentTransaction) -> None:
        units, proceeds = sale.units, sale.amount
        while units > 0 and self.lots:
            lot = self.lots[0]
            sold = min(units, lot.units)
            received = proceeds if sold == units else (proceeds * sold / units).quantize(AMOUNT_PLACES)
            cost = lot.cost if sold == lot.units else (lot.cost * sold / lot.units).quantize(AMOUNT_PLACES)
            self.disposals.append(
                Disposal(
                    key=self.key,
                    acquired_on=lot.acquired_on,
                    sold_on=sale.traded_on,
                    units=sold,
                    cost=cost,
                    proceeds=received,
                    is_bonus=lot.is_bonus,
                    split_factor=lot.split_factor,
                )
            )
            units, proceeds = units - sold, proceeds - received
            lot.units, lot.cost = lot.units - sold, lot.cost - cost
            if lot.units == 0:
                self.lots.popleft()
        if units > 0:
            self.unmatched.append(UnmatchedSale(self.key, sale.traded_on, units, proceeds))


def replay(transactions: Iterable[InvestmentTransaction], until: date | None = None) -> dict[PositionKey, LotBook]:
    """The books of all positions at the end of a day, of all time when None.

    On one day splits and bonuses come first, then purchases, then sales. Nothing is lost: the units that came in are
    those held and sold, and the costs of the lots and of what was sold out of them add up to what was paid, to the
    paisa. Shares that are bought and sold on one day are matched like all others, though the Act calls that
    speculation.
    """
    books: dict[PositionKey, LotBook] = {}
    known = (one for one in transactions if one.type in _ORDER and (until is None or one.traded_on <= until))
    for one in sorted(known, key=lambda one: (one.traded_on, _ORDER[one.type], one.id)):
        key = PositionKey(one.account_id, one.instrument_id, one.folio)
        books.setdefault(key, LotBook(key)).enter(one)
    return books


def agrees(units: Decimal, book: LotBook | None) -> bool:
    """Whether the transactions on record explain the units that a custodian reports, to a ten-thousandth."""
    explained = book.units if book and not book.unmatched else Decimal(0)
    return abs(units - explained) <= _DUST


def by_instrument(disposals: Sequence[Disposal]) -> dict[InstrumentId, list[Disposal]]:
    """Disposals of each instrument."""
    groups: dict[InstrumentId, list[Disposal]] = defaultdict(list)
    for one in disposals:
        groups[one.key.instrument_id].append(one)
    return groups
