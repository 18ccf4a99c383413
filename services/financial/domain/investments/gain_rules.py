"""The rules by which gains are taxed, read from rules/capital_gains.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final

from services.financial.domain.calendar_months import add_months
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.investments.fund_class import TaxClass
from services.shared.domain.errors import InvalidInputError

_BASE_YEAR: Final = FinancialYear(2001)


@dataclass(frozen=True, slots=True, kw_only=True)
class GainRule:
    """One rule. A rate of None is the person's own slab rate; `long_after_months` of None is never long-term."""

    classes: frozenset[TaxClass]
    source: str
    acquired_from: date = date.min
    sold_from: date = date.min
    sold_until: date = date.max
    long_after_months: int | None = None
    short_rate: Decimal | None = None
    long_rate: Decimal | None = None
    short_section: str = ""
    long_section: str = ""
    exempt: bool = False
    grandfathered: bool = False
    indexed: bool = False

    def holds(self, tax_class: TaxClass, acquired_on: date, sold_on: date) -> bool:
        """Whether the rule is for such a sale."""
        return (
            tax_class in self.classes
            and acquired_on >= self.acquired_from
            and self.sold_from <= sold_on <= self.sold_until
        )

    def is_long(self, acquired_on: date, sold_on: date) -> bool:
        """Whether it was held for more than the months asked for, the day of sale not counted (section 2(42A))."""
        return self.long_after_months is not None and sold_on > add_months(acquired_on, self.long_after_months)


@dataclass(frozen=True, slots=True)
class GainRules:
    """All rules, and the years for which they are known."""

    checked_on: date
    first_year: FinancialYear
    last_year: FinancialYear
    rules: tuple[GainRule, ...]
    exemptions: tuple[tuple[FinancialYear, Decimal, str], ...]
    index: Mapping[FinancialYear, int]

    def require_year(self, year: FinancialYear) -> None:
        """InvalidInputError for a year that the rules are not known of."""
        if not self.first_year <= year <= self.last_year:
            raise InvalidInputError(
                f"The tax rules are known for {self.first_year} to {self.last_year}, not for {year}.",
                extra={"field": "financial_year"},
            )

    def rule(self, tax_class: TaxClass, acquired_on: date, sold_on: date) -> GainRule:
        """The first rule that holds; the file has one for every class and day."""
        return next(rule for rule in self.rules if rule.holds(tax_class, acquired_on, sold_on))

    def exemption(self, year: FinancialYear) -> tuple[Decimal, str]:
        """What of the year's gains under section 112A is free, and by which law."""
        known = [(amount, source) for since, amount, source in self.exemptions if since <= year]
        return known[-1]

    def indexed_cost(self, cost: Decimal, acquired_on: date, sold_on: date) -> Decimal:
        """The cost times the index of the year of sale over that of the year of acquisition, 2001-02 at the earliest.

        Second proviso to section 48.
        """
        bought = max(FinancialYear.of(acquired_on), _BASE_YEAR)
        return (cost * self.index[FinancialYear.of(sold_on)] / self.index[bought]).quantize(Decimal("0.01"))


@cache
def load_gain_rules() -> GainRules:
    """The rules of the file that comes with the program."""
    text = resources.files(__package__).joinpath("rules/capital_gains.toml").read_text("utf-8")
    data = tomllib.loads(text)
    index = {key: value for key, value in data["cost_inflation_index"].items() if key != "source"}
    return GainRules(
        checked_on=data["checked_on"],
        first_year=FinancialYear.parse(data["first_year"]),
        last_year=FinancialYear.parse(data["last_year"]),
        rules=tuple(_rule(rule) for rule in data["rules"]),
        exemptions=tuple(
            (FinancialYear.parse(one["from_year"]), Decimal(one["amount"]).quantize(Decimal("0.01")), one["source"])
            for one in data["exemptions"]
        ),
        index={FinancialYear.parse(year): value for year, value in index.items()},
    )


def _rule(values: dict[str, Any]) -> GainRule:
    classes = values.pop("class")
    for rate in ("short_rate", "long_rate"):
        if rate in values:
            values[rate] = Decimal(values[rate])
    named = [classes] if isinstance(classes, str) else classes
    return GainRule(classes=frozenset(TaxClass(one) for one in named), **values)
