"""Response bodies of the tax routes; see the views for what each figure means."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.financial.domain.tax.deductions import Basis, Section
from services.financial.domain.tax.tables import Regime
from services.financial.presentation.responses import Exact, ViewResponse


class DeductionResponse(ViewResponse):
    """What is taken off the income, and by what."""

    name: str
    amount: Exact


class RegimeResponse(ViewResponse):
    """One regime, step by step."""

    regime: Regime
    gross_income: Exact
    deductions: list[DeductionResponse]
    deducted: Exact
    total_income: Exact
    slab_tax: Exact
    rebate: Exact
    rebate_relief: Exact
    surcharge: Exact
    surcharge_relief: Exact
    cess: Exact
    payable: Exact
    marginal_rate_percent: Exact


class SectionUseResponse(ViewResponse):
    """A section: its limit, what counts, and what is left."""

    section: Section
    limit: Exact
    paid: Exact
    used: Exact
    left: Exact
    basis: Basis


class HintResponse(ViewResponse):
    """A payment on record that may count under a section. A hint, not a claim."""

    section: Section
    payee: str
    amount: Exact


class DeductionsResponse(ViewResponse):
    """What the sections let off: an estimate, not advice."""

    financial_year: str = Field(examples=["2026-27"])
    as_of: date
    currency: str
    used: Exact
    left: Exact
    sections: list[SectionUseResponse]
    hints: list[HintResponse]
    act: str
    tables_checked_on: date
    sources: list[str]
    note: str


class TaxComparisonResponse(ViewResponse):
    """Both regimes: an estimate, not advice."""

    financial_year: str = Field(examples=["2026-27"])
    as_of: date
    currency: str
    better: Regime
    saving: Exact
    new: RegimeResponse
    old: RegimeResponse
    sections: list[SectionUseResponse]
    hints: list[HintResponse]
    act: str
    tables_checked_on: date
    sources: list[str]
    note: str
