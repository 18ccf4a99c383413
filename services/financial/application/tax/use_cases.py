"""Everything that the financial context does about income tax."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.tax.compare_tax_regimes import CompareTaxRegimes
from services.financial.application.tax.get_deductions import GetDeductions


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxUseCases:
    """One instance of every query."""

    compare_tax_regimes: CompareTaxRegimes
    get_deductions: GetDeductions
