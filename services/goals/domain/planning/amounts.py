"""Computed numbers as amounts of money that can be told."""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from typing import Final

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money, minor_unit

MAX_TELLABLE: Final = Decimal(10) ** 18
_MILLIONTH: Final = Decimal("0.000001")


def as_money(value: Decimal, currency: str) -> Money:
    """Rounded to the minor unit; InvalidInputError for what no plan can be about."""
    return Money(_tellable(value), currency)


def as_money_up(value: Decimal, currency: str) -> Money:
    """Rounded up to the minor unit, for what has to be enough; what lies below a millionth of it is rounding error."""
    unit = minor_unit(currency)
    minor = (_tellable(value) / unit).quantize(_MILLIONTH, ROUND_HALF_EVEN).to_integral_value(ROUND_CEILING)
    return Money(minor * unit, currency)


def _tellable(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) > MAX_TELLABLE:
        raise InvalidInputError(
            "The amounts grow beyond all measure with these figures. Use a smaller amount, a nearer day or lower rates."
        )
    return value
