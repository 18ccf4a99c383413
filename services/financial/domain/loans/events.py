"""What happens to loans, told on the topic `financial`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.domain.events import FinancialEvent
from services.financial.domain.loans.terms import LoanPurpose
from services.shared.domain.ids import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTermsSet(FinancialEvent):
    """A person recorded what was agreed for a loan."""

    account_id: AccountId
    purpose: LoanPurpose
    principal: Decimal
    annual_rate_percent: Decimal
    months: int
    first_due_on: date
