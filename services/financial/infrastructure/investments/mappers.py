"""Rows of investments to entities and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from services.financial.domain.investments.holding import Holding
from services.financial.domain.investments.instrument import AssetClass, Instrument, InstrumentKind
from services.financial.domain.investments.transaction import AMOUNT_PLACES, InvestmentTransaction, InvestmentType

Values = Mapping[str, Any]


def to_instrument(row: RowMapping) -> Instrument:
    """The entity in a row of `instruments`."""
    values = dict(row)
    return Instrument(
        **values | {"kind": InstrumentKind(values["kind"]), "asset_class": AssetClass(values["asset_class"])}
    )


def instrument_values(instrument: Instrument) -> dict[str, Any]:
    """The row of an instrument."""
    return asdict(instrument) | {"kind": instrument.kind.value, "asset_class": instrument.asset_class.value}


def to_investment(row: RowMapping) -> InvestmentTransaction:
    """The entity in a row of `investment_transactions`."""
    values = dict(row)
    amounts = {name: values[name].quantize(AMOUNT_PLACES) for name in ("amount", "charges")}
    return InvestmentTransaction(**values | amounts | {"type": InvestmentType(values["type"])})


def investment_values(transaction: InvestmentTransaction) -> dict[str, Any]:
    """The row of a transaction."""
    return asdict(transaction) | {"type": transaction.type.value}


def to_holding(row: RowMapping) -> Holding:
    """The holding in a row of `holdings` that has its account beside it."""
    return Holding(
        account_id=row["account_id"],
        instrument_id=row["instrument_id"],
        folio=row["folio"],
        units=row["units"],
        price=row["price"],
        value=_amount(row["value"]),
        invested=_amount(row["invested"]),
    )


def _amount(figure: Decimal | None) -> Decimal | None:
    return None if figure is None else figure.quantize(AMOUNT_PLACES)
