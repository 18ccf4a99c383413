"""Request bodies of the loan routes. Amounts and rates are decimal strings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.financial.application.loans.calculate_loan import CalculateLoanRequest
from services.financial.application.loans.calculate_prepayment import MAX_PREPAYMENTS, CalculatePrepaymentRequest
from services.financial.application.loans.loan_source import LoanSource
from services.financial.application.loans.set_loan_terms import SetLoanTermsRequest
from services.financial.domain.loans.schedule import InstalmentRounding, Prepayment, PrepaymentMode
from services.financial.domain.loans.terms import MAX_MONTHS, LoanPurpose, LoanTerms
from services.financial.presentation.decimal_text import DecimalText
from services.shared.domain.ids import AccountId, UserId

_FORBID = ConfigDict(extra="forbid")


class LoanTermsBody(BaseModel):
    """What was agreed: a nominal rate on monthly rests, equal instalments."""

    model_config = _FORBID

    principal: DecimalText = Field(examples=["5000000.00"])
    annual_rate_percent: DecimalText = Field(examples=["8.5"])
    months: int = Field(ge=1, le=MAX_MONTHS, examples=[240])
    first_due_on: date = Field(examples=["2026-12-05"])
    purpose: LoanPurpose = LoanPurpose.OTHER

    def to_terms(self) -> LoanTerms:
        """The domain's terms; InvalidInputError for figures out of bounds."""
        return LoanTerms(**self.model_dump())

    def to_request(self, user_id: UserId, account_id: AccountId) -> SetLoanTermsRequest:
        """The command's request."""
        return SetLoanTermsRequest(user_id=user_id, account_id=account_id, terms=self.to_terms())


class LoanSourceBody(BaseModel):
    """A loan account of yours whose terms are on record, or the terms themselves."""

    model_config = _FORBID

    account_id: UUID | None = Field(default=None, examples=[None])
    terms: LoanTermsBody | None = None
    rounding: InstalmentRounding = Field(default=InstalmentRounding.PAISA, description="Up to the next paisa or rupee.")
    with_table: bool = Field(default=False, description="Answer with every instalment as well.")

    def source(self) -> LoanSource:
        """Which it is; InvalidInputError unless it is exactly one."""
        return LoanSource(
            terms=self.terms.to_terms() if self.terms else None,
            account_id=AccountId(self.account_id) if self.account_id else None,
        )


class CalculateLoanBody(LoanSourceBody):
    """A loan to work out."""

    fee: DecimalText = Field(default=Decimal(0), description="Taken off what was paid out.")

    def to_request(self, user_id: UserId) -> CalculateLoanRequest:
        """The query's request."""
        return CalculateLoanRequest(
            user_id=user_id, source=self.source(), fee=self.fee, rounding=self.rounding, with_table=self.with_table
        )


class PrepaymentBody(BaseModel):
    """Money besides the instalment of that number."""

    model_config = _FORBID

    after_instalment: int = Field(ge=1, le=MAX_MONTHS, examples=[12])
    amount: DecimalText = Field(examples=["200000.00"])


class CalculatePrepaymentBody(LoanSourceBody):
    """Prepayments to work out."""

    prepayments: list[PrepaymentBody] = Field(min_length=1, max_length=MAX_PREPAYMENTS)
    mode: PrepaymentMode = PrepaymentMode.REDUCE_TENURE

    def to_request(self, user_id: UserId) -> CalculatePrepaymentRequest:
        """The query's request."""
        return CalculatePrepaymentRequest(
            user_id=user_id,
            source=self.source(),
            prepayments=[Prepayment(one.after_instalment, one.amount) for one in self.prepayments],
            mode=self.mode,
            rounding=self.rounding,
            with_table=self.with_table,
        )
