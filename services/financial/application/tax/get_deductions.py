"""Query: what of the tax-saving sections is used, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.financial.application.tax.compare_tax_regimes import (
    ESTIMATE,
    DeductionsView,
    hint_views,
    section_view,
    sums_of,
    tables_of,
)
from services.financial.application.tax.deduction_hints import DeductionHints
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.tax.deductions import IncomeYear, section_uses
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetDeductionsRequest:
    """What was stated goes before what the records hint at. The year is the running one when it is None."""

    user_id: UserId
    income: IncomeYear
    financial_year: FinancialYear | None = None


class GetDeductions:
    """Answers with the use of 80C, 80CCD(1B), 80D and 24(b), which count under the old regime."""

    def __init__(self, hints: DeductionHints, clock: Clock) -> None:
        self._hints = hints
        self._clock = clock

    async def __call__(self, request: GetDeductionsRequest) -> DeductionsView:
        """InvalidInputError for a year without tables."""
        tables, day = tables_of(request.financial_year, self._clock)
        hints = await self._hints.find(request.user_id, tables.year, day)
        uses = section_uses(tables, request.income, sums_of(hints))
        return DeductionsView(
            financial_year=str(tables.year),
            as_of=day,
            currency="INR",
            used=sum((use.used for use in uses), Decimal("0.00")),
            left=sum((use.left for use in uses), Decimal("0.00")),
            sections=tuple(section_view(use) for use in uses),
            hints=hint_views(hints),
            act=tables.act,
            tables_checked_on=tables.checked_on,
            sources=tables.sources,
            note=ESTIMATE,
        )
