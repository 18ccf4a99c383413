"""Request bodies of the tax routes. Amounts are decimal strings, in rupees."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.financial.application.tax.compare_tax_regimes import CompareTaxRegimesRequest
from services.financial.application.tax.get_deductions import GetDeductionsRequest
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.tax.deductions import IncomeYear
from services.financial.domain.tax.tables import AgeGroup
from services.financial.presentation.decimal_text import DecimalText
from services.shared.domain.ids import UserId

_ZERO = Decimal(0)
Paid = Annotated[DecimalText | None, Field(description="Paid in the year, before the limit; left out: not said.")]
Year = Annotated[str | None, Field(max_length=7, description="YYYY-YY; the running one without.", examples=["2026-27"])]


class DeductionsBody(BaseModel):
    """What was paid towards the sections of the old regime; what is left out is looked for in your records."""

    model_config = ConfigDict(extra="forbid")

    financial_year: Year = None
    age: AgeGroup = AgeGroup.BELOW_60
    parents_from_60: bool = False
    section_80c: Paid = None
    section_80ccd_1b: Paid = None
    section_80d: Paid = None
    section_80d_parents: Paid = None
    section_24b: Paid = None

    def year(self) -> FinancialYear | None:
        """The year, None for the running one; InvalidInputError for a text that is none."""
        return FinancialYear.parse(self.financial_year) if self.financial_year else None

    def to_deductions_request(self, user_id: UserId) -> GetDeductionsRequest:
        """The query's request."""
        income = IncomeYear(**self.model_dump(exclude={"financial_year"}))
        return GetDeductionsRequest(user_id=user_id, income=income, financial_year=self.year())


class CompareRegimesBody(DeductionsBody):
    """A year's income and what was paid in it."""

    gross_salary: DecimalText = Field(default=_ZERO, description="Before every exemption.", examples=["1800000"])
    other_income: DecimalText = Field(default=_ZERO, description="Interest and the like, no capital gains.")
    savings_interest: DecimalText = Field(default=_ZERO, description="The part of other_income from savings accounts.")
    basic: DecimalText | None = Field(default=None, description="Basic pay and dearness allowance, for HRA.")
    hra_received: DecimalText = _ZERO
    rent_paid: DecimalText = _ZERO
    lives_in_metro: bool = False
    employer_nps: DecimalText = _ZERO
    professional_tax: DecimalText = _ZERO
    education_loan_interest: DecimalText = _ZERO
    use_hints: bool = Field(default=False, description="Take what your records hint at where nothing is said.")

    def to_request(self, user_id: UserId) -> CompareTaxRegimesRequest:
        """The query's request; InvalidInputError for parts that are more than their whole."""
        income = IncomeYear(**self.model_dump(exclude={"financial_year", "use_hints"}))
        return CompareTaxRegimesRequest(
            user_id=user_id, income=income, financial_year=self.year(), use_hints=self.use_hints
        )
