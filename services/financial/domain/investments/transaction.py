"""Investment transactions: what changed the units of an instrument in a folio, or paid money for holding them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from services.financial.domain.investments.instrument import InstrumentId, InstrumentRef
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId

InvestmentTransactionId = NewType("InvestmentTransactionId", UUID)

UNIT_PLACES: Final = Decimal("0.00000001")
PRICE_PLACES: Final = Decimal("0.000001")
AMOUNT_PLACES: Final = Decimal("0.01")
_MOST: Final = Decimal(10) ** 13
_EARLIEST: Final = date(1900, 1, 1)
MAX_FOLIO: Final = 60


class InvestmentType(StrEnum):
    """What happened.

    `sip` is a purchase by standing instruction. `dividend` is money paid out, `dividend_reinvest` units bought with
    it. `bonus` gives units for nothing. `split` multiplies the units by `ratio`, or adds `units` to them; a reverse
    split has a ratio below 1. `switch_in` and `switch_out` are a purchase and a sale between schemes. `fee` is a
    charge that is part of no trade.
    """

    BUY = "buy"
    SIP = "sip"
    SWITCH_IN = "switch_in"
    DIVIDEND_REINVEST = "dividend_reinvest"
    SELL = "sell"
    SWITCH_OUT = "switch_out"
    BONUS = "bonus"
    SPLIT = "split"
    DIVIDEND = "dividend"
    FEE = "fee"


PURCHASES: Final = frozenset(
    {InvestmentType.BUY, InvestmentType.SIP, InvestmentType.SWITCH_IN, InvestmentType.DIVIDEND_REINVEST}
)
SALES: Final = frozenset({InvestmentType.SELL, InvestmentType.SWITCH_OUT})
_CASH_ONLY: Final = frozenset({InvestmentType.DIVIDEND, InvestmentType.FEE})


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentLine:
    """A transaction as a source reports it, before it is on record.

    None of the figures is negative; the type says the direction. `units` is at most 8 decimals, `price` is per unit
    (at most 6), `amount` is what was paid or received in all, charges included, in the account's currency. Of units,
    price and amount two are enough for a trade: the third follows. `charges` is the part of `amount` that is stamp
    duty, brokerage and the like. `ratio` is for a split only: new units for one old. `reference` is the source's own
    identifier of the transaction, when it has one: it must be unique in the account and alone then says whether the
    transaction is on record already.
    """

    instrument: InstrumentRef
    type: InvestmentType
    traded_on: date
    units: Decimal | None = None
    price: Decimal | None = None
    amount: Decimal | None = None
    charges: Decimal = Decimal(0)
    ratio: Decimal | None = None
    folio: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "folio", _short(self.folio, "folio", MAX_FOLIO))
        object.__setattr__(self, "reference", _short(self.reference, "reference", 200))
        if self.traded_on < _EARLIEST:
            raise InvalidInputError(f"traded_on must not be before {_EARLIEST}.", extra={"field": "traded_on"})
        for name, places in _PLACES.items():
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, _figure(name, value, places))
        _complete(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentTransaction:
    """A transaction on record. `fingerprint` and `occurrence` identify it within its account across imports."""

    id: InvestmentTransactionId
    user_id: UserId
    account_id: AccountId
    instrument_id: InstrumentId
    folio: str
    type: InvestmentType
    traded_on: date
    units: Decimal
    price: Decimal | None
    amount: Decimal
    charges: Decimal
    ratio: Decimal | None
    reference: str
    source: str
    fingerprint: bytes
    occurrence: int
    created_at: datetime


_PLACES: Final = {
    "units": UNIT_PLACES,
    "price": PRICE_PLACES,
    "amount": AMOUNT_PLACES,
    "charges": AMOUNT_PLACES,
    "ratio": UNIT_PLACES,
}


def fingerprint(instrument_id: InstrumentId, line: InvestmentLine) -> bytes:
    """What identifies a line: the source's own reference, else everything that was traded, digested."""
    if line.reference:
        parts: tuple[object, ...] = ("reference", line.reference)
    else:
        figures = (line.units, line.price, line.amount, line.ratio)
        shown = ("" if figure is None else f"{figure.normalize():f}" for figure in figures)
        parts = (instrument_id, line.folio, line.type.value, line.traded_on, *shown)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()


def with_occurrence(keys: Iterable[tuple[bytes, InvestmentLine]]) -> Iterator[tuple[bytes, int, InvestmentLine]]:
    """Number equal lines of one batch from 0, so that two real equal trades are two, and the batch again adds none.

    A reference is unique: a line that repeats one is the same line, and left out.
    """
    seen: Counter[bytes] = Counter()
    for key, line in keys:
        occurrence = seen[key]
        seen[key] += 1
        if not (line.reference and occurrence):
            yield key, occurrence, line


def _figure(name: str, value: Decimal, places: Decimal) -> Decimal:
    if not value.is_finite() or value < 0 or value >= _MOST:
        raise InvalidInputError(f"{name} must lie between 0 and {_MOST:f}.", extra={"field": name})
    return value.quantize(places)


def _short(text: str, field: str, limit: int) -> str:
    stripped = text.strip()
    if len(stripped) > limit or not stripped.isprintable():
        raise InvalidInputError(f"{field} must have at most {limit} printable characters.", extra={"field": field})
    return stripped


def _complete(line: InvestmentLine) -> None:
    """Find the figure of a trade that follows from the others; refuse what cannot be told."""
    if line.type is InvestmentType.SPLIT:
        if not (line.ratio or line.units):
            raise InvalidInputError("A split needs its ratio, or the units it added.", extra={"field": "ratio"})
        return
    if line.ratio is not None:
        raise InvalidInputError("Only a split has a ratio.", extra={"field": "ratio"})
    if line.type in _CASH_ONLY:
        if line.amount is None:
            raise InvalidInputError(f"A {line.type.value} needs its amount.", extra={"field": "amount"})
        return
    if line.units is None and line.amount is not None and line.price:
        sign = -1 if line.type in SALES else 1
        object.__setattr__(
            line, "units", _figure("units", (line.amount - sign * line.charges) / line.price, UNIT_PLACES)
        )
    if not line.units or line.units <= 0:
        raise InvalidInputError(
            f"A {line.type.value} needs its units, or its amount and price.", extra={"field": "units"}
        )
    if line.type is not InvestmentType.BONUS:
        _price_trade(line, line.units)


def _price_trade(line: InvestmentLine, units: Decimal) -> None:
    """A purchase costs its charges as well; a sale brings in what is left after them."""
    sign = -1 if line.type in SALES else 1
    if line.amount is None and line.price is not None:
        paid = units * line.price + sign * line.charges
        object.__setattr__(line, "amount", _figure("amount", max(paid, Decimal(0)), AMOUNT_PLACES))
    if line.amount is None:
        raise InvalidInputError(f"A {line.type.value} needs its amount or its price.", extra={"field": "amount"})
    if line.price is None:
        price = (line.amount - sign * line.charges) / units
        object.__setattr__(line, "price", _figure("price", max(price, Decimal(0)), PRICE_PLACES))
