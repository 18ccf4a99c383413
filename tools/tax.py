"""Tools about income tax: estimates, not advice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field

from services.financial.application.tax.compare_tax_regimes import (
    CompareTaxRegimesRequest,
    DeductionsView,
    TaxComparisonView,
)
from services.financial.application.tax.get_deductions import GetDeductionsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.tax.deductions import IncomeYear
from services.financial.domain.tax.tables import AgeGroup
from services.shared.domain.identity import Identity
from tools.arguments import Amount
from tools.investments import FinancialYearText
from tools.tool import Tool, ToolArguments

_ZERO = Decimal(0)


class DeductionsArguments(ToolArguments):
    """What was paid towards each section; what is left out is looked for in the records."""

    financial_year: FinancialYearText = None
    age: AgeGroup = AgeGroup.BELOW_60
    parents_from_60: bool = False
    section_80c: Amount | None = Field(default=None, description="EPF, PPF, ELSS, life insurance, tuition, principal")
    section_80ccd_1b: Amount | None = Field(default=None, description="own NPS")
    section_80d: Amount | None = Field(default=None, description="health insurance of self, spouse, children")
    section_80d_parents: Amount | None = Field(default=None, description="health insurance of parents")
    section_24b: Amount | None = Field(default=None, description="home loan interest")

    def year(self) -> FinancialYear | None:
        """The year, None for the running one; InvalidInputError for a text that is none."""
        return FinancialYear.parse(self.financial_year) if self.financial_year else None


class CompareRegimesArguments(DeductionsArguments):
    """A year's income and payments; what is left out counts as nothing unless use_hints is true."""

    gross_salary: Amount = Field(default=_ZERO, description="before every exemption")
    other_income: Amount = Field(default=_ZERO, description="interest and the like, no capital gains")
    savings_interest: Amount = Field(default=_ZERO, description="the part of other_income from savings accounts")
    basic: Amount | None = Field(default=None, description="basic pay and dearness allowance")
    hra_received: Amount = Field(default=_ZERO, description="house rent allowance")
    rent_paid: Amount = _ZERO
    lives_in_metro: bool = False
    employer_nps: Amount = _ZERO
    professional_tax: Amount = _ZERO
    education_loan_interest: Amount = _ZERO
    use_hints: bool = Field(default=False, description="take what the records hint at where nothing is said")


def tax_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over income tax."""

    async def compare_tax_regimes(identity: Identity, wanted: CompareRegimesArguments) -> TaxComparisonView:
        income = IncomeYear(**wanted.model_dump(exclude={"financial_year", "use_hints"}))
        return await finance.tax.compare_tax_regimes(
            CompareTaxRegimesRequest(
                user_id=identity.user_id,
                income=income,
                financial_year=wanted.year(),
                use_hints=wanted.use_hints,
            )
        )

    async def get_tax_deductions(identity: Identity, wanted: DeductionsArguments) -> DeductionsView:
        income = IncomeYear(**wanted.model_dump(exclude={"financial_year"}))
        return await finance.tax.get_deductions(
            GetDeductionsRequest(user_id=identity.user_id, income=income, financial_year=wanted.year())
        )

    return [
        Tool(
            name="compare_tax_regimes",
            description="Income tax of a financial year under the old and the new regime, and which is cheaper: an "
            "estimate, not advice.",
            scope="finance:read",
            arguments=CompareRegimesArguments,
            run=compare_tax_regimes,
        ),
        Tool(
            name="get_tax_deductions",
            description="Use of 80C, 80CCD(1B), 80D and 24(b) in a financial year and what is left, from what is said "
            "or hinted at by the records: an estimate, not advice.",
            scope="finance:read",
            arguments=DeductionsArguments,
            run=get_tax_deductions,
        ),
    ]
