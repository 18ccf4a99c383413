"""`fetch_stock_transactions` and `fetch_mf_transactions`, the latter in both of its layouts.

Stocks: stockTransactions[]{isin, txns[[type, date, quantity, price?]]}, types 1 buy, 2 sell, 3 bonus, 4 split.
Funds: mfTransactions[]{isin, schemeName, folioId, txns[[type, date, price, units, amount]]}, types 1 buy, 2 sell, or
transactions[]{isinNumber, externalOrderType, transactionDate, purchasePrice, transactionAmount, transactionUnits}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any, Final

from services.financial.domain.investments.instrument import InstrumentKind, InstrumentRef
from services.financial.domain.investments.transaction import InvestmentLine, InvestmentType
from services.financial.infrastructure.fi_mcp.fields import (
    Flags,
    UnreadableError,
    figure,
    mapping,
    number,
    required_day,
    required_number,
    text,
)
from services.shared.domain.errors import NiveshError

_STOCK_TYPES: Final = {
    1: InvestmentType.BUY,
    2: InvestmentType.SELL,
    3: InvestmentType.BONUS,
    4: InvestmentType.SPLIT,
}
_FUND_TYPES: Final = {1: InvestmentType.BUY, 2: InvestmentType.SELL}
_ORDER_TYPES: Final = {
    "BUY": InvestmentType.BUY,
    "PURCHASE": InvestmentType.BUY,
    "SIP": InvestmentType.SIP,
    "SELL": InvestmentType.SELL,
    "REDEMPTION": InvestmentType.SELL,
    "SWITCH_IN": InvestmentType.SWITCH_IN,
    "SWITCH_OUT": InvestmentType.SWITCH_OUT,
}


def read_stocks(source: Any, flags: Flags) -> list[InvestmentLine]:
    """The trades of listed securities; a price may be missing."""
    lines: list[InvestmentLine] = []
    for _, stock in flags.entries(mapping(source).get("stockTransactions"), "stockTransactions"):
        isin = text(mapping(stock).get("isin"), 20)
        lines += _read(mapping(stock).get("txns"), isin or "a stock", flags, partial(_stock, isin))
    return lines


def read_funds(source: Any, flags: Flags) -> list[InvestmentLine]:
    """The trades of mutual funds, from whichever layout came; of both, a trade that stands in each is one."""
    lines: list[InvestmentLine] = []
    for _, scheme in flags.entries(mapping(source).get("mfTransactions"), "mfTransactions"):
        ref = mapping(scheme)
        name = text(ref.get("schemeName")) or text(ref.get("isin"), 20) or "a fund"
        lines += _read(ref.get("txns"), name, flags, partial(_fund_row, ref))
    known = Counter(_trade(line) for line in lines)
    for line in _read(mapping(source).get("transactions"), "the funds", flags, _fund_object):
        if known[_trade(line)]:
            known[_trade(line)] -= 1
        else:
            lines.append(line)
    return lines


def _trade(line: InvestmentLine) -> tuple[object, ...]:
    return line.instrument.isin or line.instrument.name, line.folio, line.type, line.traded_on, line.units


def _read(rows: Any, where: str, flags: Flags, one: Callable[[Any], InvestmentLine]) -> Iterator[InvestmentLine]:
    for count, row in flags.entries(rows, f"the transactions of {where}"):
        try:
            yield one(row)
        except UnreadableError as error:
            flags.add(f"transaction {count} of {where} was left out: {error}")
        except NiveshError as error:
            flags.add(f"transaction {count} of {where} was left out: {error.detail}")


def _stock(isin: str, row: Any) -> InvestmentLine:
    if not isinstance(row, list) or len(row) < 3:
        raise UnreadableError("it is not a list of type, date and quantity")
    kind = _kind(_STOCK_TYPES, row[0])
    units = abs(required_number(row[2], "quantity"))
    price = number(row[3]) if len(row) > 3 else None
    free = kind in (InvestmentType.BONUS, InvestmentType.SPLIT)
    if not free and price is None:
        raise UnreadableError("it has no price, so what it cost or brought in is not known")
    return InvestmentLine(
        instrument=InstrumentRef(kind=InstrumentKind.STOCK, name=isin or "unnamed", isin=isin or None),
        type=kind,
        traded_on=required_day(row[1]),
        units=units,
        price=None if free else price,
    )


def _fund_row(scheme: Any, row: Any) -> InvestmentLine:
    if not isinstance(row, list) or len(row) < 4:
        raise UnreadableError("it is not a list of type, date, price and units")
    amount = number(row[4]) if len(row) > 4 else None
    return _fund(
        scheme.get("isin"), scheme.get("schemeName"), scheme.get("folioId"), _kind(_FUND_TYPES, row[0]), row[1],
        number(row[2]), required_number(row[3], "units"), amount,
    )  # fmt: skip


def _fund_object(row: Any) -> InvestmentLine:
    order = mapping(row)
    word = text(order.get("externalOrderType"), 30).upper().removeprefix("EXTERNAL_ORDER_TYPE_").replace(" ", "_")
    kind = _ORDER_TYPES.get(word)
    if kind is None:
        raise UnreadableError(f"its type '{word}' is not known")
    units = figure(order.get("transactionUnits"))
    if units is None:
        raise UnreadableError("there are no units")
    return _fund(
        order.get("isinNumber"), order.get("schemeName"), order.get("folioId"), kind, order.get("transactionDate"),
        figure(order.get("purchasePrice")), units, figure(order.get("transactionAmount")),
    )  # fmt: skip


def _fund(
    isin: Any,
    name: Any,
    folio: Any,
    kind: InvestmentType,
    day: Any,
    price: Decimal | None,
    units: Decimal,
    amount: Decimal | None,
) -> InvestmentLine:
    number_ = text(isin, 20)
    return InvestmentLine(
        instrument=InstrumentRef(
            kind=InstrumentKind.MUTUAL_FUND, name=text(name) or number_ or "unnamed fund", isin=number_ or None
        ),
        type=kind,
        traded_on=required_day(day),
        units=abs(units),
        price=None if price is None else abs(price),
        amount=None if amount is None else abs(amount),
        folio=text(folio, 60),
    )


def _kind(kinds: dict[int, InvestmentType], value: Any) -> InvestmentType:
    code = int(required_number(value, "type"))
    if code not in kinds:
        raise UnreadableError(f"its type {code} is not known")
    return kinds[code]
