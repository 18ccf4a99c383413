"""How investments are spread over asset classes, and how far that is from what was wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from services.financial.domain.investments.instrument import AssetClass
from services.shared.domain.errors import InvalidInputError

_STEP: Final = Decimal("0.01")
_WHOLE: Final = Decimal(100)
_PAISA: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ClassShare:
    """One asset class: its value, its share, and, with a target, how far it is off.

    `drift_percent` is the share less the target, in percentage points. `to_move` is what would have to be bought
    (positive) or sold (negative) to be at the target while the whole stays what it is; taxes and loads not counted.
    """

    asset_class: AssetClass
    value: Decimal
    percent: Decimal
    target_percent: Decimal | None = None
    drift_percent: Decimal | None = None
    to_move: Decimal | None = None


def require_target(percents: Mapping[AssetClass, Decimal]) -> None:
    """InvalidInputError unless there are none, or they lie between 0 and 100 and add up to exactly 100."""
    if not percents:
        return
    if AssetClass.UNKNOWN in percents:
        raise InvalidInputError("Nobody can aim at investments of an unknown class.", extra={"field": "percents"})
    for asset_class, percent in percents.items():
        if not percent.is_finite() or not 0 <= percent <= _WHOLE or percent != percent.quantize(_STEP):
            raise InvalidInputError(
                f"The target of {asset_class.value} must lie between 0 and 100 with at most two decimals.",
                extra={"field": "percents"},
            )
    total = sum(percents.values(), Decimal("0.00"))
    if total != _WHOLE:
        raise InvalidInputError(
            f"The targets add up to {total:f} percent; they must add up to 100.", extra={"field": "percents"}
        )


def allocation(
    values: Mapping[AssetClass, Decimal], target: Mapping[AssetClass, Decimal] | None = None
) -> tuple[ClassShare, ...]:
    """Shares by size; they add up to exactly 100 percent, and what is to be moved to exactly 0.

    Percent are rounded by largest remainder (Hamilton's method), so that no rounding is left over.
    """
    wanted = {kind: values.get(kind, Decimal("0.00")) for kind in {**values, **(target or {})}}
    total = sum(wanted.values(), Decimal("0.00"))
    percents = _apportioned(wanted, _WHOLE, _STEP) if total > 0 else dict.fromkeys(wanted, Decimal("0.00"))
    shares = [ClassShare(kind, value, percents[kind]) for kind, value in wanted.items()]
    if target:
        goals = {kind: target.get(kind, Decimal("0.00")) for kind in wanted}
        amounts = _apportioned(goals, total, _PAISA)
        shares = [
            ClassShare(
                one.asset_class,
                one.value,
                one.percent,
                goals[one.asset_class],
                one.percent - goals[one.asset_class] if total > 0 else Decimal("0.00"),
                amounts[one.asset_class] - one.value,
            )
            for one in shares
        ]
    return tuple(sorted(shares, key=lambda one: (-one.value, one.asset_class.value)))


def _apportioned(weights: Mapping[AssetClass, Decimal], whole: Decimal, step: Decimal) -> dict[AssetClass, Decimal]:
    """The whole, which is a multiple of the step, split by weight into multiples of it."""
    total = sum(weights.values(), Decimal("0.00"))
    exact = {kind: whole * weight / total for kind, weight in weights.items()}
    parts = {kind: share.quantize(step, ROUND_FLOOR) for kind, share in exact.items()}
    left = int((whole - sum(parts.values(), Decimal("0.00"))) / step)
    for kind in sorted(exact, key=lambda kind: (parts[kind] - exact[kind], kind.value))[:left]:
        parts[kind] += step
    return parts
