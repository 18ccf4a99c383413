"""Holdings as Fi's net worth tells them: of depots, and of mutual fund schemes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from services.financial.domain.investments.holding import HoldingLine
from services.financial.domain.investments.instrument import InstrumentKind, InstrumentRef
from services.financial.infrastructure.fi_mcp.fields import (
    Flags,
    UnreadableError,
    figure,
    first_money,
    mapping,
    number,
    text,
)
from services.shared.domain.errors import NiveshError
from services.shared.domain.money import Money

_UNIT_PRICES: Final = ("lastTradedPrice", "nav", "navValue", "price", "lastClosingRate", "closingRate")
_UNITS: Final = ("units", "closingUnits", "totalNumberUnits", "quantity")


def read_holdings(summary: Mapping[str, Any], kind: InstrumentKind, flags: Flags) -> Iterator[HoldingLine]:
    """What stands in a depot; an entry that cannot be read is left out and flagged."""
    for count, entry in flags.entries(summary.get("holdingsInfo"), "holdingsInfo"):
        one = mapping(entry)
        isin = text(one.get("isin"), 20)
        name = text(one.get("issuerName") or one.get("schemeName") or one.get("isinDescription") or one.get("name"))
        try:
            units = next((found for key in _UNITS if (found := number(one.get(key))) is not None), None)
            price = next((found for key in _UNIT_PRICES if (found := figure(one.get(key))) is not None), None)
            value = first_money(one, "currentValue", "value")
            if units is None:
                raise UnreadableError("it has no units")
            yield HoldingLine(
                instrument=InstrumentRef(kind=kind, name=name or isin or "unnamed", isin=isin or None),
                units=units,
                folio=text(one.get("folioNo") or one.get("folioId"), 60),
                price=price,
                value=_worth(units, price, value),
            )
        except (UnreadableError, NiveshError) as error:
            flags.add(f"holding {count} was left out: {error}")


def _worth(units: Decimal, price: Decimal | None, told: Money | None) -> Decimal | None:
    if told is not None:
        return told.amount
    return None if price is None else (units * price).quantize(Decimal("0.01"))


def valued(
    lines: tuple[HoldingLine, ...], kind: InstrumentKind, what: str, told: Money | None, flags: Flags
) -> tuple[HoldingLine, ...]:
    """The holdings with what is known of their worth: of those without a price only the account's value tells it."""
    if told is None:
        return lines
    priced = tuple(line for line in lines if line.value is not None)
    if lines and len(priced) == len(lines):
        flags.compare(what, told, held(lines, told.currency))
        return lines
    rest = told - held(priced, told.currency)
    if lines:
        flags.add(f"{what}: {len(lines) - len(priced)} holdings have no price: the rest of {told} was kept for them")
    if lines and rest.amount <= 0:
        return priced
    return (*priced, whole(kind, f"{what}, without a price" if lines else what, rest))


def read_schemes(analytics: Mapping[str, Any], flags: Flags) -> list[HoldingLine]:
    """The mutual funds; one that cannot be read is left out and flagged."""
    found = []
    for count, entry in flags.entries(analytics.get("schemeAnalytics"), "schemeAnalytics"):
        detail = mapping(mapping(entry).get("schemeDetail"))
        deep = mapping(mapping(mapping(mapping(entry).get("enrichedAnalytics")).get("analytics")).get("schemeDetails"))
        isin = text(detail.get("isinNumber") or detail.get("isin"), 20)
        names = mapping(detail.get("nameData"))
        name = text(names.get("longName") or names.get("shortName") or detail.get("schemeName") or isin)
        try:
            value, invested = first_money(deep, "currentValue"), first_money(deep, "investedValue")
            units = number(deep.get("units"))
            found.append(
                HoldingLine(
                    instrument=InstrumentRef(
                        kind=InstrumentKind.MUTUAL_FUND, name=name or "unnamed fund", isin=isin or None
                    ),
                    units=Decimal(1) if units is None else units,
                    price=figure(deep.get("navValue")),
                    value=value.amount if value else None,
                    invested=invested.amount if invested else None,
                )
            )
        except (UnreadableError, NiveshError) as error:
            flags.add(f"scheme {count} was left out: {error}")
    return found


def whole(kind: InstrumentKind, name: str, value: Money) -> HoldingLine:
    """A value without parts, as one holding."""
    return HoldingLine(
        instrument=InstrumentRef(kind=kind, name=name or "Fi"), units=Decimal(1), value=abs(value).amount
    )


def held(lines: Iterable[HoldingLine], currency: str = "INR") -> Money:
    """What is known of the worth of the lines, which are all in `currency`."""
    return Money(sum((line.value or Decimal(0) for line in lines), Decimal(0)), currency)
