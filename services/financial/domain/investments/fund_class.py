"""What a fund is, from its category in AMFI's list and its name.

The categories are those of SEBI's circular SEBI/HO/IMD/DF3/CIR/P/2017/114 of 6 October 2017, under which AMFI lists
schemes, and the older ones that closed schemes still stand under.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from services.financial.domain.investments.instrument import AssetClass, Instrument, InstrumentKind

_GOLD: Final = re.compile(r"\b(gold|silver)\b", re.IGNORECASE)
_DEBT: Final = re.compile(
    r"\b(debt|bond|g-?sec|gilt|sdl|psu debt|income|t-?bill|treasury|money market|fixed maturity|duration|aaa)\b",
    re.IGNORECASE,
)
_CASH: Final = re.compile(r"\b(liquid|overnight|1d rate)\b", re.IGNORECASE)
_REAL_ESTATE: Final = re.compile(r"\b(reits?|invits?|real estate)\b", re.IGNORECASE)
_EQUITY: Final = re.compile(r"\b(equity|elss|growth|index funds|sectoral|nifty|sensex|other etfs)\b", re.IGNORECASE)
_HYBRID: Final = re.compile(r"\b(hybrid|balanced|solution oriented|retirement|children|multi asset)\b", re.IGNORECASE)
# Hybrid categories that keep at least 65 % in Indian shares, by their mandate or by the common practice of funds.
_MOSTLY_EQUITY: Final = re.compile(
    r"aggressive|arbitrage|equity savings|dynamic asset|balanced advantage", re.IGNORECASE
)
_MOSTLY_DEBT: Final = re.compile(r"conservative", re.IGNORECASE)


class TaxClass(StrEnum):
    """What the tax on gains makes a difference between; see rules/capital_gains.toml."""

    EQUITY = "equity"
    BUSINESS_TRUST = "business_trust"
    DEBT_FUND = "debt_fund"
    DEBT_ETF = "debt_etf"
    OTHER_FUND = "other_fund"
    OTHER_ETF = "other_etf"
    FOREIGN_SHARE = "foreign_share"
    LISTED_BOND = "listed_bond"
    SOVEREIGN_GOLD_BOND = "sovereign_gold_bond"
    OTHER = "other"


_OF_KIND: Final = {
    InstrumentKind.REIT: TaxClass.BUSINESS_TRUST,
    InstrumentKind.INVIT: TaxClass.BUSINESS_TRUST,
    InstrumentKind.BOND: TaxClass.LISTED_BOND,
    InstrumentKind.SGB: TaxClass.SOVEREIGN_GOLD_BOND,
    InstrumentKind.OTHER: TaxClass.OTHER,
}


def fund_asset_class(category: str, name: str) -> AssetClass:
    """The asset class of a scheme; the category decides, the name where the category holds many kinds."""
    for text in (category, name):
        for pattern, asset_class in (
            (_GOLD, AssetClass.GOLD),
            (_CASH, AssetClass.CASH),
            (_REAL_ESTATE, AssetClass.REAL_ESTATE),
            (_HYBRID, AssetClass.HYBRID),
        ):
            if pattern.search(text):
                return asset_class
        is_mixed_bag = bool(re.search(r"index funds|other etfs|fof", text, re.IGNORECASE))
        if is_mixed_bag and (_GOLD.search(name) or _CASH.search(name) or _DEBT.search(name)):
            continue
        if _DEBT.search(text):
            return AssetClass.DEBT
        if _EQUITY.search(text) or "fof overseas" in text.lower():
            return AssetClass.EQUITY
    return AssetClass.UNKNOWN


def tax_class(instrument: Instrument, category: str) -> tuple[TaxClass | None, str]:
    """How gains from the instrument are taxed, and what was assumed (empty when nothing was).

    None for what is not taxed as a capital gain: provident funds and the pension system.
    """
    if instrument.kind in (InstrumentKind.EPF, InstrumentKind.NPS):
        return None, ""
    if instrument.kind is InstrumentKind.STOCK:
        foreign = instrument.isin is not None and not instrument.isin.startswith("IN")
        return (TaxClass.FOREIGN_SHARE if foreign else TaxClass.EQUITY), ""
    if instrument.kind in _OF_KIND:
        return _OF_KIND[instrument.kind], _ASSUMED.get(instrument.kind, "")
    return _fund_tax_class(instrument, category)


_ASSUMED: Final = {
    InstrumentKind.BOND: "taken as listed",
    InstrumentKind.SGB: "taken as sold before redemption",
    InstrumentKind.OTHER: "taken as not listed",
}


def _fund_tax_class(instrument: Instrument, category: str) -> tuple[TaxClass, str]:
    is_etf = instrument.kind is InstrumentKind.ETF
    debt, other = (TaxClass.DEBT_ETF, TaxClass.OTHER_ETF) if is_etf else (TaxClass.DEBT_FUND, TaxClass.OTHER_FUND)
    if "fof" in category.lower() or "fund of funds" in category.lower():
        return other, "taken as a fund of funds that is not equity-oriented"
    match instrument.asset_class:
        case AssetClass.EQUITY:
            return TaxClass.EQUITY, "" if category else "taken as equity-oriented"
        case AssetClass.DEBT | AssetClass.CASH:
            return debt, "" if category else "taken as a fund of debt"
        case AssetClass.HYBRID if _MOSTLY_DEBT.search(category):
            return debt, "taken as holding at least 65 % debt"
        case AssetClass.HYBRID if _MOSTLY_EQUITY.search(category) or not category:
            return TaxClass.EQUITY, "taken as holding at least 65 % Indian shares"
        case AssetClass.UNKNOWN:
            return TaxClass.EQUITY, "its kind is unknown; taken as equity-oriented"
    return other, ""
