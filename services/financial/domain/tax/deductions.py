"""What the sections let off, what of it is used, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.financial.domain.tax.tables import AgeGroup, RegimeTable, TaxTables
from services.shared.domain.errors import InvalidInputError

_ZERO: Final = Decimal("0.00")
_MOST: Final = Decimal(10) ** 12


class Section(StrEnum):
    """Sections of the Income-tax Act, 1961 that have a limit of their own."""

    C80 = "80C"
    CCD_1B_80 = "80CCD(1B)"
    D_80 = "80D"
    D_80_PARENTS = "80D parents"
    B_24 = "24(b)"


class Basis(StrEnum):
    """Where an amount comes from: the person, or payees on record, which are hints only."""

    STATED = "stated"
    HINT = "hint"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeYear:
    """What a person earned and paid in a year, in rupees; an amount of None was not said.

    `gross_salary` is before every exemption, the employer's share of the pension (`employer_nps`) included. `basic` is
    basic pay and dearness allowance. `savings_interest` is part of `other_income`. `section_*` are the amounts paid
    towards a section, before its limit.
    """

    age: AgeGroup = AgeGroup.BELOW_60
    parents_from_60: bool = False
    gross_salary: Decimal = _ZERO
    other_income: Decimal = _ZERO
    savings_interest: Decimal = _ZERO
    basic: Decimal | None = None
    hra_received: Decimal = _ZERO
    rent_paid: Decimal = _ZERO
    lives_in_metro: bool = False
    employer_nps: Decimal = _ZERO
    professional_tax: Decimal = _ZERO
    education_loan_interest: Decimal = _ZERO
    section_80c: Decimal | None = None
    section_80ccd_1b: Decimal | None = None
    section_80d: Decimal | None = None
    section_80d_parents: Decimal | None = None
    section_24b: Decimal | None = None

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Decimal) and (not value.is_finite() or not 0 <= value < _MOST):
                raise InvalidInputError(f"{one.name} must lie between 0 and {_MOST:f}.", extra={"field": one.name})
        if self.savings_interest > self.other_income:
            raise InvalidInputError(
                "savings_interest is part of other_income and cannot be more.", extra={"field": "savings_interest"}
            )
        parts = (self.hra_received, self.employer_nps, self.basic or _ZERO)
        if max(parts) > self.gross_salary:
            raise InvalidInputError(
                "basic, hra_received and employer_nps are parts of gross_salary and cannot be more.",
                extra={"field": "gross_salary"},
            )


@dataclass(frozen=True, slots=True)
class SectionUse:
    """One section: what was paid, what of it counts, and what could still be paid."""

    section: Section
    limit: Decimal
    paid: Decimal
    basis: Basis

    @property
    def used(self) -> Decimal:
        """At most the limit."""
        return min(self.paid, self.limit).quantize(Decimal("0.01"))

    @property
    def left(self) -> Decimal:
        """Up to the limit."""
        return (self.limit - self.used).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is taken off the income, and by what."""

    name: str
    amount: Decimal


def section_uses(
    tables: TaxTables, income: IncomeYear, hints: Mapping[Section, Decimal] | None = None
) -> list[SectionUse]:
    """All sections: the stated amounts, and where nothing was stated the hints."""
    limits = tables.limits
    own = "section_80d_self" if income.age is AgeGroup.BELOW_60 else "section_80d_self_from_60"
    parents = "section_80d_parents_from_60" if income.parents_from_60 else "section_80d_parents"
    rows = (
        (Section.C80, limits["section_80c"], income.section_80c),
        (Section.CCD_1B_80, limits["section_80ccd_1b"], income.section_80ccd_1b),
        (Section.D_80, limits[own], income.section_80d),
        (Section.D_80_PARENTS, limits[parents], income.section_80d_parents),
        (Section.B_24, limits["section_24b"], income.section_24b),
    )
    return [_use(section, limit, stated, (hints or {}).get(section)) for section, limit, stated in rows]


def hra_exemption(tables: TaxTables, income: IncomeYear) -> Decimal:
    """The least of the allowance, of rent less a tenth of basic pay, and of 50 % (metro) or 40 % of it: rule 2A."""
    if income.basic is None:
        return _ZERO
    percent = tables.limits["hra_metro_percent" if income.lives_in_metro else "hra_other_percent"]
    rent = income.rent_paid - income.basic * tables.limits["hra_rent_less_percent"] / 100
    return max(min(income.hra_received, rent, income.basic * percent / 100), _ZERO).quantize(Decimal("0.01"))


def new_regime_deductions(table: RegimeTable, income: IncomeYear) -> list[Deduction]:
    """The standard deduction and the employer's share of the pension; all else is given up (section 115BAC(2))."""
    return [_standard(table, income), _employer_nps(table, income)]


def old_regime_deductions(
    tables: TaxTables, table: RegimeTable, income: IncomeYear, uses: list[SectionUse]
) -> list[Deduction]:
    """Everything that is known of; house rent only with basic pay, interest of a home loan as of one lived in."""
    limits = tables.limits
    if income.age is AgeGroup.BELOW_60:
        interest = Deduction("80TTA", min(income.savings_interest, limits["section_80tta"]))
    else:
        interest = Deduction("80TTB", min(income.savings_interest, limits["section_80ttb"]))
    return [
        _standard(table, income),
        _employer_nps(table, income),
        Deduction("HRA", hra_exemption(tables, income)),
        Deduction("professional tax", min(income.professional_tax, limits["professional_tax"])),
        Deduction("80E", income.education_loan_interest),
        interest,
        *(Deduction(use.section.value, use.used) for use in uses),
    ]


def _standard(table: RegimeTable, income: IncomeYear) -> Deduction:
    return Deduction("standard deduction", min(income.gross_salary, table.standard_deduction))


def _employer_nps(table: RegimeTable, income: IncomeYear) -> Deduction:
    """Section 80CCD(2): a part of basic pay; nothing when that was not said."""
    most = (income.basic or _ZERO) * table.employer_nps_percent / 100
    return Deduction("80CCD(2)", min(income.employer_nps, most).quantize(Decimal("0.01")))


def _use(section: Section, limit: Decimal, stated: Decimal | None, hinted: Decimal | None) -> SectionUse:
    if stated is not None:
        return SectionUse(section, limit, stated, Basis.STATED)
    if hinted:
        return SectionUse(section, limit, hinted, Basis.HINT)
    return SectionUse(section, limit, _ZERO, Basis.NONE)
