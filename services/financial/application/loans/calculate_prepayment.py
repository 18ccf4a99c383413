"""Query: what prepayments of a loan save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.financial.application.loans.calculate_loan import instalment_views
from services.financial.application.loans.loan_source import LoanSource
from services.financial.application.loans.views import PrepaymentView
from services.financial.domain.loans.repositories import LoanReader
from services.financial.domain.loans.schedule import (
    InstalmentRounding,
    Prepayment,
    PrepaymentMode,
    schedule,
    totals,
)
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId

MAX_PREPAYMENTS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatePrepaymentRequest:
    """`prepayments` are besides the instalments of their numbers; `mode` says what they lower."""

    user_id: UserId
    source: LoanSource
    prepayments: Sequence[Prepayment]
    mode: PrepaymentMode = PrepaymentMode.REDUCE_TENURE
    rounding: InstalmentRounding = InstalmentRounding.PAISA
    with_table: bool = False


class CalculatePrepayment:
    """Answers with the loan before and after."""

    def __init__(self, reader: LoanReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: CalculatePrepaymentRequest) -> PrepaymentView:
        """LoanNotFoundError for an account without terms, InvalidInputError for a prepayment that cannot be."""
        if not 1 <= len(request.prepayments) <= MAX_PREPAYMENTS:
            raise InvalidInputError(
                f"There must be 1 to {MAX_PREPAYMENTS} prepayments.", extra={"field": "prepayments"}
            )
        terms = await request.source.terms_of(self._reader, request.user_id, today(self._clock))
        before = schedule(terms, rounding=request.rounding)
        after = schedule(terms, request.prepayments, request.mode, request.rounding)
        sums_before, sums_after = totals(before), totals(after)
        last_prepaid = max(one.after_instalment for one in request.prepayments)
        later = [row for row in after if row.number > last_prepaid]
        return PrepaymentView(
            mode=request.mode,
            prepaid=sums_after["prepaid"],
            emi_before=before[0].payment,
            emi_after=later[0].payment if later else before[0].payment * 0,
            months_before=len(before),
            months_after=len(after),
            months_saved=len(before) - len(after),
            interest_before=sums_before["interest"],
            interest_after=sums_after["interest"],
            interest_saved=sums_before["interest"] - sums_after["interest"],
            last_due_on_before=before[-1].due_on,
            last_due_on_after=after[-1].due_on,
            instalments=instalment_views(after) if request.with_table else (),
        )
