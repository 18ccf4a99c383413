"""Query: the yearly rate of amounts that are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.financial.domain.investments.xirr import CashFlow, RateOutcome, xirr
from services.shared.domain.errors import TooLargeError

MAX_FLOWS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculateXirrRequest:
    """Amounts and days, in any order."""

    flows: Sequence[CashFlow]


@dataclass(frozen=True, slots=True, kw_only=True)
class XirrView:
    """`xirr_percent` has six decimals and is None with a `reason` when there is none; see `xirr`.

    `candidates_percent` are the rates when there are several.
    """

    outcome: RateOutcome
    xirr_percent: Decimal | None
    reason: str | None
    candidates_percent: tuple[Decimal, ...]
    put_in: Decimal
    came_out: Decimal


class CalculateXirr:
    """Answers from the arguments alone."""

    async def __call__(self, request: CalculateXirrRequest) -> XirrView:
        """TooLargeError for more than a thousand flows."""
        if len(request.flows) > MAX_FLOWS:
            raise TooLargeError(f"At most {MAX_FLOWS:,} amounts can be calculated with at once.")
        found = xirr(request.flows)
        return XirrView(
            outcome=found.outcome,
            xirr_percent=None if found.rate is None else _percent(found.rate),
            reason=found.reason or None,
            candidates_percent=tuple(_percent(rate) for rate in found.rates),
            put_in=-sum((one.amount for one in request.flows if one.amount < 0), Decimal("0.00")),
            came_out=sum((one.amount for one in request.flows if one.amount > 0), Decimal("0.00")),
        )


def _percent(rate: Decimal) -> Decimal:
    return (rate * 100).quantize(Decimal("0.000001"))
