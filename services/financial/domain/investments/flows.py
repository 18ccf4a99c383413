"""Investment transactions as the person's cash flows, for the rate of return."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from services.financial.domain.investments.positions import Position
from services.financial.domain.investments.transaction import SALES, InvestmentTransaction, InvestmentType
from services.financial.domain.investments.xirr import CashFlow

_IN = frozenset({InvestmentType.BUY, InvestmentType.SIP, InvestmentType.SWITCH_IN, InvestmentType.FEE})
_OUT = SALES | {InvestmentType.DIVIDEND}


def cash_flows(
    transactions: Iterable[InvestmentTransaction], positions: Iterable[Position], as_of: date
) -> list[CashFlow]:
    """What went in and came out, and what the positions would bring on the day of asking.

    A dividend that was reinvested, a bonus and a split move no money of the person. A switch is a sale and a purchase:
    over both schemes it cancels out.
    """
    flows = []
    for one in transactions:
        if one.type in _IN:
            flows.append(CashFlow(one.traded_on, -one.amount))
        elif one.type in _OUT:
            flows.append(CashFlow(one.traded_on, one.amount))
    value = sum((one.value for one in positions if one.value is not None), Decimal("0.00"))
    return [*flows, CashFlow(as_of, value)] if value else flows


def put_in(flows: Iterable[CashFlow]) -> Decimal:
    """All that went in, not negative."""
    return -sum((flow.amount for flow in flows if flow.amount < 0), Decimal("0.00"))
