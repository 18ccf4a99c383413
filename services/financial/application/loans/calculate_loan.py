"""Query: a loan from its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from services.financial.application.loans.loan_source import LoanSource
from services.financial.application.loans.views import InstalmentView, LoanView, YearOfLoanView
from services.financial.domain.loans.rates import all_in_rate_percent, effective_annual_rate_percent
from services.financial.domain.loans.repositories import LoanReader
from services.financial.domain.loans.schedule import Instalment, InstalmentRounding, by_financial_year, schedule, totals
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculateLoanRequest:
    """`fee` was taken off what was paid out; `with_table` asks for every instalment."""

    user_id: UserId
    source: LoanSource
    fee: Decimal = Decimal("0.00")
    rounding: InstalmentRounding = InstalmentRounding.PAISA
    with_table: bool = False


class CalculateLoan:
    """Answers with the instalment, what it costs in all, by financial year, and its effective rates."""

    def __init__(self, reader: LoanReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: CalculateLoanRequest) -> LoanView:
        """LoanNotFoundError for an account without terms, InvalidInputError for a fee out of bounds."""
        terms = await request.source.terms_of(self._reader, request.user_id, today(self._clock))
        fee = request.fee
        if not fee.is_finite() or not 0 <= fee < terms.principal:
            raise InvalidInputError("fee must not be negative, and less than the principal.", extra={"field": "fee"})
        rows = schedule(terms, rounding=request.rounding)
        sums = totals(rows)
        return LoanView(
            principal=terms.principal,
            annual_rate_percent=terms.annual_rate_percent,
            months=len(rows),
            first_due_on=terms.first_due_on,
            last_due_on=rows[-1].due_on,
            emi=rows[0].payment,
            last_instalment=rows[-1].payment,
            rounding=request.rounding,
            total_interest=sums["interest"],
            total_paid=sums["payment"],
            fee=fee.quantize(Decimal("0.01")),
            effective_annual_rate_percent=effective_annual_rate_percent(terms.annual_rate_percent),
            all_in_rate_percent=all_in_rate_percent(terms, rows, fee),
            years=tuple(
                YearOfLoanView(str(one.year), one.interest, one.principal, one.balance)
                for one in by_financial_year(rows)
            ),
            instalments=instalment_views(rows) if request.with_table else (),
        )


def instalment_views(rows: Sequence[Instalment]) -> tuple[InstalmentView, ...]:
    """How the table is shown."""
    return tuple(InstalmentView(**asdict(row)) for row in rows)
