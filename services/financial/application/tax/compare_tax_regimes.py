"""Query: the income tax of a year under both regimes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.application.tax.deduction_hints import DeductionHints
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.tax.comparison import RegimeResult, compare_regimes
from services.financial.domain.tax.deductions import Basis, IncomeYear, Section, SectionUse
from services.financial.domain.tax.hints import DeductionHint
from services.financial.domain.tax.tables import YEARS, Regime, TaxTables, load_tables
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId

MAX_HINTS: Final = 100
ESTIMATE: Final = (
    "An estimate for a resident individual, not advice. Capital gains and other incomes at special rates, let-out "
    "houses, losses brought forward and what is not said are not part of it; hints from your records need receipts."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareTaxRegimesRequest:
    """`income` is what the person says; with `use_hints`, sections that were not stated take what records hint at.

    The financial year is the running one when it is None.
    """

    user_id: UserId
    income: IncomeYear
    financial_year: FinancialYear | None = None
    use_hints: bool = False


@dataclass(frozen=True, slots=True)
class DeductionView:
    """What is taken off the income, and by what."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeView:
    """One regime, step by step; see TaxComputation."""

    regime: Regime
    gross_income: Decimal
    deductions: tuple[DeductionView, ...]
    deducted: Decimal
    total_income: Decimal
    slab_tax: Decimal
    rebate: Decimal
    rebate_relief: Decimal
    surcharge: Decimal
    surcharge_relief: Decimal
    cess: Decimal
    payable: Decimal
    marginal_rate_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionUseView:
    """A section of the old regime: its limit, what was paid, what of it counts, and what is left.

    `basis` is `stated`, or `hint` when the amount was only found among payees on record.
    """

    section: Section
    limit: Decimal
    paid: Decimal
    used: Decimal
    left: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True)
class HintView:
    """A payment on record that may count under a section. A hint, not a claim."""

    section: Section
    payee: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxComparisonView:
    """Both regimes; `saving` is what the better one costs less."""

    financial_year: str
    as_of: date
    currency: str
    better: Regime
    saving: Decimal
    new: RegimeView
    old: RegimeView
    sections: tuple[SectionUseView, ...]
    hints: tuple[HintView, ...]
    act: str
    tables_checked_on: date
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionsView:
    """What the sections of the old regime let off in a year, what is used, and what is left."""

    financial_year: str
    as_of: date
    currency: str
    used: Decimal
    left: Decimal
    sections: tuple[SectionUseView, ...]
    hints: tuple[HintView, ...]
    act: str
    tables_checked_on: date
    sources: tuple[str, ...]
    note: str


class CompareTaxRegimes:
    """Answers from the arguments, and from the person's records where they are asked for."""

    def __init__(self, hints: DeductionHints, clock: Clock) -> None:
        self._hints = hints
        self._clock = clock

    async def __call__(self, request: CompareTaxRegimesRequest) -> TaxComparisonView:
        """InvalidInputError for a year without tables."""
        tables, day = tables_of(request.financial_year, self._clock)
        hints = await self._hints.find(request.user_id, tables.year, day) if request.use_hints else ()
        found = compare_regimes(tables, request.income, sums_of(hints))
        return TaxComparisonView(
            financial_year=str(tables.year),
            as_of=day,
            currency="INR",
            better=found.better,
            saving=found.saving,
            new=_regime(found.new),
            old=_regime(found.old),
            sections=tuple(section_view(use) for use in found.uses),
            hints=hint_views(hints),
            act=tables.act,
            tables_checked_on=tables.checked_on,
            sources=tables.sources,
            note=ESTIMATE,
        )


def tables_of(year: FinancialYear | None, clock: Clock) -> tuple[TaxTables, date]:
    """The tables of the year (the running one, or the last that has any, when None), and today."""
    day = today(clock)
    return load_tables(year or min(FinancialYear.of(day), YEARS[-1])), day


def sums_of(hints: Sequence[DeductionHint]) -> dict[Section, Decimal]:
    """What is hinted at by section."""
    sums: dict[Section, Decimal] = {}
    for hint in hints:
        sums[hint.section] = sums.get(hint.section, Decimal("0.00")) + hint.amount
    return sums


def section_view(use: SectionUse) -> SectionUseView:
    """How a section is shown."""
    limit, paid = (one.quantize(Decimal("0.01")) for one in (use.limit, use.paid))
    return SectionUseView(section=use.section, limit=limit, paid=paid, used=use.used, left=use.left, basis=use.basis)


def hint_views(hints: Sequence[DeductionHint]) -> tuple[HintView, ...]:
    """The first hundred."""
    return tuple(HintView(hint.section, hint.payee, hint.amount) for hint in hints[:MAX_HINTS])


def _regime(result: RegimeResult) -> RegimeView:
    tax = result.tax
    return RegimeView(
        regime=result.regime,
        gross_income=result.gross_income,
        deductions=tuple(DeductionView(one.name, one.amount) for one in result.deductions),
        deducted=result.deducted,
        total_income=tax.total_income,
        slab_tax=tax.slab_tax,
        rebate=tax.rebate,
        rebate_relief=tax.rebate_relief,
        surcharge=tax.surcharge,
        surcharge_relief=tax.surcharge_relief,
        cess=tax.cess,
        payable=tax.payable,
        marginal_rate_percent=tax.marginal_rate_percent,
    )
