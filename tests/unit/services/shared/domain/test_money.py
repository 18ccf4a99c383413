"""Money against whole numbers and fractions, which no rounding of decimals touches."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import CurrencyMismatchError, Money

DIGITS = {"INR": 2, "USD": 2, "JPY": 0, "KWD": 3}


def in_units(money: Money) -> int:
    """The amount in the currency's smallest unit."""
    shown = str(money).replace(".", "")
    assert len(str(money).partition(".")[2]) == DIGITS[money.currency]
    return int(shown)


def test_rounding_is_to_the_nearest_unit_and_half_to_even_in_10_000_cases() -> None:
    """The oracle is `round` of a Fraction: exact, and half to even."""
    rng = Random(21)
    for _ in range(10_000):
        currency, places = rng.choice(list(DIGITS)), rng.randint(0, 8)
        digits = rng.randint(-(10 ** rng.randint(1, 16)), 10**16)
        # Half of the cases lie in the middle of two units, where rules of rounding differ.
        text = f"{digits}5" if rng.random() < 0.5 else f"{digits}"
        exact = Fraction(int(text), 10 ** (places + (len(text) > len(str(digits)))))
        made = Money(Decimal(text).scaleb(-places - (len(text) > len(str(digits)))), currency)
        assert in_units(made) == round(exact * 10 ** DIGITS[currency])


def test_sums_and_differences_lose_nothing_in_10_000_cases() -> None:
    """The oracle counts smallest units in whole numbers; any order and any grouping comes to the same."""
    rng = Random(22)
    for _ in range(10_000):
        currency = rng.choice(list(DIGITS))
        units = [rng.randint(-(10**15), 10**15) for _ in range(rng.randint(1, 12))]
        amounts = [Money(Decimal(unit).scaleb(-DIGITS[currency]), currency) for unit in units]
        cut = rng.randint(0, len(units))
        total = Money.total(amounts, currency)
        assert in_units(total) == sum(units)
        assert total == Money.total(rng.sample(amounts, len(amounts)), currency)
        assert total == Money.total(amounts[:cut], currency) + Money.total(amounts[cut:], currency)
        assert in_units(total - amounts[0]) == sum(units[1:])
        assert in_units(abs(-total)) == abs(sum(units))
        assert (amounts[0] < amounts[-1], amounts[0] <= amounts[-1]) == (units[0] < units[-1], units[0] <= units[-1])


def test_a_product_is_rounded_once_in_10_000_cases() -> None:
    rng = Random(23)
    for _ in range(10_000):
        currency = rng.choice(list(DIGITS))
        unit, factor = rng.randint(-(10**13), 10**13), rng.randint(-(10**8), 10**8)
        product = Money(Decimal(unit).scaleb(-DIGITS[currency]), currency) * Decimal(factor).scaleb(-6)
        assert in_units(product) == round(Fraction(unit * factor, 10**6))


def test_what_is_written_reads_back() -> None:
    rng = Random(24)
    for _ in range(10_000):
        unit = rng.randint(-(10**15), 10**15)
        made = Money(Decimal(unit).scaleb(-2))
        assert Money.parse(str(made)) == made
        assert Money.parse(f"{made.amount:,}") == made


@pytest.mark.parametrize("text", ["", "ten", "1.2.3", "NaN", "Infinity", "9" * 40])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        Money.parse(text)


def test_nothing_has_no_sign() -> None:
    assert str(Money(Decimal("0.00")) * -1) == str(-Money.zero()) == str(Money(Decimal("-0.001"))) == "0.00"


def test_currencies_do_not_mix() -> None:
    rupee, dollar = Money(Decimal(1)), Money(Decimal(1), "USD")
    for combine in (lambda: rupee + dollar, lambda: rupee - dollar, lambda: rupee < dollar, lambda: rupee <= dollar):
        with pytest.raises(CurrencyMismatchError):
            combine()
    assert rupee != dollar
    with pytest.raises(InvalidInputError, match="too many digits"):
        Money(Decimal("1e26"))
    with pytest.raises(TypeError, match="never from a float"):
        Money(0.1)  # type: ignore[arg-type]
