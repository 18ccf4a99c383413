"""Command: say how investments should be spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.financial.domain.investments.allocation import require_target
from services.financial.domain.investments.events import TargetAllocationSet
from services.financial.domain.investments.instrument import AssetClass
from services.financial.domain.investments.repositories import InvestmentsUnitOfWorkFactory
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTargetAllocationRequest:
    """Percent by asset class, 100 in all, at most two decimals each; none at all takes the target back."""

    user_id: UserId
    percents: Mapping[AssetClass, Decimal]


@dataclass(frozen=True, slots=True)
class TargetAllocationView:
    """The target as it stands."""

    percents: dict[str, Decimal]


class SetTargetAllocation:
    """Puts the target in the place of any before."""

    def __init__(self, unit_of_work: InvestmentsUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: SetTargetAllocationRequest) -> TargetAllocationView:
        """InvalidInputError unless the percents add up to 100."""
        require_target(request.percents)
        kept = {kind: percent for kind, percent in request.percents.items() if percent}
        told = {kind.value: percent for kind, percent in kept.items()}
        async with self._unit_of_work() as unit:
            # One change of a person's target at a time, or two would mix.
            await unit.accounts.lock_all(request.user_id)
            await unit.targets.replace(request.user_id, kept)
            unit.record(TargetAllocationSet(user_id=request.user_id, percents=told))
            await unit.commit()
        return TargetAllocationView(told)
