"""Both regimes on one year's income."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.financial.domain.tax.computation import TaxComputation, compute_tax
from services.financial.domain.tax.deductions import (
    Deduction,
    IncomeYear,
    Section,
    SectionUse,
    new_regime_deductions,
    old_regime_deductions,
    section_uses,
)
from services.financial.domain.tax.tables import Regime, TaxTables

_ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class RegimeResult:
    """One regime: what it takes off, and the tax that is left. Deductions of nothing are not listed."""

    regime: Regime
    gross_income: Decimal
    deductions: tuple[Deduction, ...]
    tax: TaxComputation

    @property
    def deducted(self) -> Decimal:
        """All deductions together."""
        return sum((one.amount for one in self.deductions), _ZERO)


@dataclass(frozen=True, slots=True)
class RegimeComparison:
    """Both results. `better` is the cheaper one; the new regime, which needs no choice, when they are equal."""

    new: RegimeResult
    old: RegimeResult
    uses: tuple[SectionUse, ...]

    @property
    def better(self) -> Regime:
        """Which costs less."""
        return Regime.OLD if self.old.tax.payable < self.new.tax.payable else Regime.NEW

    @property
    def saving(self) -> Decimal:
        """What the better one saves."""
        return abs(self.old.tax.payable - self.new.tax.payable)


def compare_regimes(
    tables: TaxTables, income: IncomeYear, hints: Mapping[Section, Decimal] | None = None
) -> RegimeComparison:
    """The tax under both regimes. The loss of a house lived in is set off against other income (section 71)."""
    uses = section_uses(tables, income, hints)
    new, old = tables.regimes[Regime.NEW], tables.regimes[Regime.OLD]
    return RegimeComparison(
        new=_result(tables, Regime.NEW, income, new_regime_deductions(new, income)),
        old=_result(tables, Regime.OLD, income, old_regime_deductions(tables, old, income, uses)),
        uses=tuple(uses),
    )


def _result(tables: TaxTables, regime: Regime, income: IncomeYear, deductions: list[Deduction]) -> RegimeResult:
    gross = income.gross_salary + income.other_income
    taken = tuple(one for one in deductions if one.amount > 0)
    total = max(gross - sum((one.amount for one in taken), _ZERO), _ZERO)
    return RegimeResult(
        regime, gross, taken, compute_tax(tables.regimes[regime], income.age, total, tables.cess_percent)
    )
