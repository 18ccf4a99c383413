"""The tables of a financial year's income tax, read from rules/<year>.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from services.financial.domain.financial_year import FinancialYear
from services.shared.domain.errors import InvalidInputError

YEARS: Final = (FinancialYear(2024), FinancialYear(2025), FinancialYear(2026))

Steps = tuple[tuple[Decimal, Decimal], ...]
"""Pairs of the income from which a rate holds and the rate in percent, ascending."""


class Regime(StrEnum):
    """The default regime of section 115BAC, and the one with deductions."""

    NEW = "new"
    OLD = "old"


class AgeGroup(StrEnum):
    """Age at any time of the year: the old regime's slabs differ by it."""

    BELOW_60 = "below_60"
    FROM_60 = "from_60"
    FROM_80 = "from_80"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeTable:
    """One regime in one year. The rebate is for total incomes up to `rebate_income`, and `rebate_most` at most."""

    regime: Regime
    slabs: Mapping[AgeGroup, Steps]
    surcharge: Steps
    standard_deduction: Decimal
    rebate_income: Decimal
    rebate_most: Decimal
    rebate_has_relief: bool
    employer_nps_percent: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxTables:
    """A year's tables. `limits` has the most that each section lets off, by its name in the file."""

    year: FinancialYear
    act: str
    checked_on: date
    cess_percent: Decimal
    regimes: Mapping[Regime, RegimeTable]
    limits: Mapping[str, Decimal]
    sources: tuple[str, ...]


@cache
def load_tables(year: FinancialYear) -> TaxTables:
    """The tables of the year; InvalidInputError for one that has none."""
    if year not in YEARS:
        known = ", ".join(str(one) for one in YEARS)
        raise InvalidInputError(f"There are tax tables for {known}, not for {year}.", extra={"field": "financial_year"})
    data = tomllib.loads(resources.files(__package__).joinpath(f"rules/{year}.toml").read_text("utf-8"))
    regimes = {regime: _regime(regime, data[regime.value]) for regime in Regime}
    limits = {name: Decimal(value) for name, value in data["limits"].items() if name != "source"}
    sources = [
        data["act"],
        *(table.source for table in regimes.values()),
        data["limits"]["source"],
        data["cess_source"],
    ]
    return TaxTables(
        year=year,
        act=data["act"],
        checked_on=data["checked_on"],
        cess_percent=Decimal(data["cess_percent"]),
        regimes=regimes,
        limits=limits,
        sources=tuple(sources),
    )


def _regime(regime: Regime, data: Mapping[str, Any]) -> RegimeTable:
    slabs = {age: _steps(data.get(f"slabs_{age.value}", data["slabs"])) for age in AgeGroup}
    return RegimeTable(
        regime=regime,
        slabs=slabs,
        surcharge=_steps(data["surcharge"]),
        standard_deduction=Decimal(data["standard_deduction"]),
        rebate_income=Decimal(data["rebate_income"]),
        rebate_most=Decimal(data["rebate_most"]),
        rebate_has_relief=data["rebate_has_relief"],
        employer_nps_percent=Decimal(data["employer_nps_percent"]),
        source=data["source"],
    )


def _steps(pairs: list[list[str]]) -> Steps:
    return tuple((Decimal(since), Decimal(percent)) for since, percent in pairs)
