"""Money: an exact decimal amount in one currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Final

from services.shared.domain.errors import InvalidInputError

# Of a currency, ISO 4217; currencies that are not listed have hundredths.
_WHOLE, _HUNDREDTH, _THOUSANDTH = Decimal("1"), Decimal("0.01"), Decimal("0.001")
_MINOR_UNITS: Final = dict.fromkeys(("JPY", "KRW", "VND"), _WHOLE) | dict.fromkeys(
    ("BHD", "KWD", "OMR", "JOD"), _THOUSANDTH
)
# Enough for any number of amounts: no sum on the way is rounded.
_SUMS: Final = Context(prec=60)


class CurrencyMismatchError(InvalidInputError):
    """Two amounts in different currencies were combined."""

    code = "currency-mismatch"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, never a float and never with more digits than the currency's minor unit.

    Rounding is half to even, as in IEEE 754 and Python's own Decimal, so that sums of many roundings do not drift.
    """

    amount: Decimal
    currency: str = "INR"

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError("Money takes a Decimal; build one from a string, never from a float")
        if not self.amount.is_finite():
            raise InvalidInputError("An amount must be a finite number.")
        if len(self.currency) != 3 or not self.currency.isalpha() or not self.currency.isupper():
            raise InvalidInputError(f"'{self.currency}' is not an ISO 4217 currency code such as INR.")
        object.__setattr__(self, "amount", _in_minor_units(self.amount, self.currency))

    @classmethod
    def zero(cls, currency: str = "INR") -> Money:
        """Nothing, in this currency."""
        return cls(Decimal(0), currency)

    @classmethod
    def parse(cls, text: str, currency: str = "INR") -> Money:
        """Read a plain decimal string such as `-1234.50`; grouping commas are accepted."""
        try:
            return cls(Decimal(text.replace(",", "").strip()), currency)
        except InvalidOperation as error:
            raise InvalidInputError(f"'{text}' is not an amount. Write a decimal number such as 1234.50.") from error

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str = "INR") -> Money:
        """The sum of amounts that are all in `currency`."""
        result = Decimal(0)
        for amount in amounts:
            if amount.currency != currency:
                raise CurrencyMismatchError(_mismatch(currency, amount.currency))
            result = _SUMS.add(result, amount.amount)
        return cls(result, currency)

    def __add__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * factor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.amount), self.currency)

    def __lt__(self, other: Money) -> bool:
        self._require_same_currency(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._require_same_currency(other)
        return self.amount <= other.amount

    def __str__(self) -> str:
        return f"{self.amount:f}"

    def _require_same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(_mismatch(self.currency, other.currency))


def _mismatch(one: str, other: str) -> str:
    return f"{one} and {other} cannot be combined without a rate."


def _in_minor_units(amount: Decimal, currency: str) -> Decimal:
    try:
        # Nothing is added so that nothing has no sign: 0.00, never -0.00.
        return amount.quantize(minor_unit(currency), ROUND_HALF_EVEN) + 0
    except InvalidOperation as error:
        raise InvalidInputError("An amount has too many digits: write one below 10^25.") from error


def minor_unit(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for INR (the paisa)."""
    return _MINOR_UNITS.get(currency, _HUNDREDTH)
