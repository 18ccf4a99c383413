"""Command: record what a unit was worth on 31 January 2018."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.financial.application.investments.get_returns import InstrumentNotFoundError
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.repositories import InvestmentsUnitOfWorkFactory
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId

_MOST: Final = Decimal(10) ** 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFairValueRequest:
    """`value` is per unit: for a listed share the day's highest price (section 55(2)(ac), explanation)."""

    user_id: UserId
    instrument_id: InstrumentId
    value: Decimal


class SetFairValue:
    """Records the value that old shares and equity funds may take as their cost when they are sold."""

    def __init__(self, unit_of_work: InvestmentsUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: SetFairValueRequest) -> None:
        """InstrumentNotFoundError when it is not the person's, InvalidInputError for a value that is none."""
        if not request.value.is_finite() or not 0 <= request.value < _MOST:
            raise InvalidInputError(f"value must lie between 0 and {_MOST:f}.", extra={"field": "value"})
        async with self._unit_of_work() as unit:
            if not await unit.instruments.set_fair_value(request.user_id, request.instrument_id, request.value):
                raise InstrumentNotFoundError
            await unit.commit()
