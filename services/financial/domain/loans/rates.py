"""What a loan costs a year when everything is counted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from services.financial.domain.investments.xirr import CashFlow, xirr
from services.financial.domain.loans.schedule import Instalment
from services.financial.domain.loans.terms import LoanTerms


def effective_annual_rate_percent(nominal_percent: Decimal, periods: int = 12) -> Decimal:
    """(1 + r / m)^m - 1 in percent, four decimals: the yearly rate that m periods of a nominal rate compound to.

    The usual definition, e.g. the EFFECT function of spreadsheets.
    """
    with localcontext() as context:
        context.prec = 34
        growth = (1 + nominal_percent / (100 * periods)) ** periods
        return ((growth - 1) * 100).quantize(Decimal("0.0001"))


def all_in_rate_percent(terms: LoanTerms, rows: Sequence[Instalment], fee: Decimal) -> Decimal | None:
    """The yearly rate that the money which was really paid out costs, two decimals: XIRR with the fee taken off first.

    None when no yearly rate makes them even.
    """
    flows = [CashFlow(terms.paid_out_on, terms.principal - fee)]
    flows += [CashFlow(row.due_on, -(row.payment + row.prepaid)) for row in rows]
    rate = xirr(flows).rate
    return None if rate is None else (rate * 100).quantize(Decimal("0.01"))
