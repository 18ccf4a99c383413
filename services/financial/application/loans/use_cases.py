"""Everything that the financial context does about loans."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.loans.calculate_loan import CalculateLoan
from services.financial.application.loans.calculate_prepayment import CalculatePrepayment
from services.financial.application.loans.list_loans import ListLoans
from services.financial.application.loans.set_loan_terms import SetLoanTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanUseCases:
    """One instance of every command and query."""

    calculate_loan: CalculateLoan
    calculate_prepayment: CalculatePrepayment
    set_loan_terms: SetLoanTerms
    list_loans: ListLoans
