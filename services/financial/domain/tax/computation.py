"""The tax on a total income: slabs, rebate, surcharge, cess, each with its relief.

Sources: the Finance Act of the year for slabs, surcharge and its marginal relief; section 87A with its proviso for the
rebate; sections 288A and 288B for rounding to ten rupees. Incomes at special rates, such as capital gains, are not part
of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.financial.domain.tax.tables import AgeGroup, RegimeTable, Steps

_ZERO: Final = Decimal("0.00")
_PAISA: Final = Decimal("0.01")
_TEN: Final = Decimal(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxComputation:
    """The steps from a total income to what is payable; none is negative.

    `slab_tax` less `rebate` and `rebate_relief`, plus `surcharge` (after `surcharge_relief`), plus `cess`, rounded to
    ten rupees, is `payable`. `marginal_rate_percent` is the slab rate of the last rupee.
    """

    total_income: Decimal
    slab_tax: Decimal
    rebate: Decimal
    rebate_relief: Decimal
    surcharge: Decimal
    surcharge_relief: Decimal
    cess: Decimal
    payable: Decimal
    marginal_rate_percent: Decimal


def compute_tax(table: RegimeTable, age: AgeGroup, income: Decimal, cess_percent: Decimal) -> TaxComputation:
    """The tax of a resident individual; the income is rounded to ten rupees first."""
    total = to_ten(income)
    steps = table.slabs[age]
    slab = slab_tax(steps, total)
    rebate, relief = _rebate(table, total, slab)
    after = slab - rebate - relief
    surcharge, spared = _surcharge(table, age, total, after)
    cess = ((after + surcharge) * cess_percent / 100).quantize(_PAISA)
    return TaxComputation(
        total_income=total,
        slab_tax=slab,
        rebate=rebate,
        rebate_relief=relief,
        surcharge=surcharge,
        surcharge_relief=spared,
        cess=cess,
        payable=to_ten(after + surcharge + cess),
        marginal_rate_percent=max((rate for since, rate in steps if total > since), default=Decimal(0)),
    )


def slab_tax(steps: Steps, income: Decimal) -> Decimal:
    """Each slab's part of the income at its rate, to the paisa."""
    tax = Decimal(0)
    for number, (since, percent) in enumerate(steps):
        until = steps[number + 1][0] if number + 1 < len(steps) else income
        tax += max(min(income, until) - since, Decimal(0)) * percent / 100
    return tax.quantize(_PAISA)


def to_ten(amount: Decimal) -> Decimal:
    """The nearest ten rupees, five and more going up, paise left out before (sections 288A and 288B)."""
    return ((amount // 1) / _TEN).quantize(Decimal(1), ROUND_HALF_UP).quantize(_PAISA) * _TEN


def _rebate(table: RegimeTable, income: Decimal, tax: Decimal) -> tuple[Decimal, Decimal]:
    """The rebate, and beyond its limit the relief by which tax is never more than the income above the limit."""
    if income <= table.rebate_income:
        return min(tax, table.rebate_most).quantize(_PAISA), _ZERO
    if table.rebate_has_relief:
        return _ZERO, max(tax - (income - table.rebate_income), _ZERO)
    return _ZERO, _ZERO


def _surcharge(table: RegimeTable, age: AgeGroup, income: Decimal, tax: Decimal) -> tuple[Decimal, Decimal]:
    """The surcharge after its marginal relief, and the relief.

    Tax and surcharge above a threshold are at most those at the threshold and the income above it.
    """
    reached = [(since, percent) for since, percent in table.surcharge if income > since]
    if not reached:
        return _ZERO, _ZERO
    since, percent = reached[-1]
    full = (tax * percent / 100).quantize(_PAISA)
    at_threshold = slab_tax(table.slabs[age], since)
    lower = reached[-2][1] if len(reached) > 1 else Decimal(0)
    most = at_threshold * (1 + lower / 100) + (income - since)
    relief = max(tax + full - most, Decimal(0)).quantize(_PAISA)
    return full - relief, relief
