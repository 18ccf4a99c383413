"""Payments that look like ones a section lets off, by the payee's name: hints, read from rules/hints.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from services.financial.domain.category import Category
from services.financial.domain.tax.deductions import Section


@dataclass(frozen=True, slots=True)
class PayeeTotal:
    """What was paid to a payee in a year, refunds taken off; `amount` is positive."""

    payee: str
    category: Category
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DeductionHint:
    """A payee whose payments may count under a section."""

    section: Section
    payee: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class HintRule:
    """Which payees in which categories hint at a section."""

    section: Section
    categories: frozenset[Category]
    pattern: re.Pattern[str]


@cache
def load_hint_rules() -> tuple[HintRule, ...]:
    """The rules of the file that comes with the program."""
    data = tomllib.loads(resources.files(__package__).joinpath("rules/hints.toml").read_text("utf-8"))
    return tuple(
        HintRule(
            Section(one["section"]),
            frozenset(Category(category) for category in one["categories"]),
            re.compile(rf"\b({'|'.join(map(re.escape, one['phrases']))})\b", re.IGNORECASE),
        )
        for one in data["hints"]
    )


def find_hints(totals: Iterable[PayeeTotal]) -> list[DeductionHint]:
    """The payees that hint at a section, the largest amounts first; each counts for one section."""
    found = []
    for total in totals:
        rule = next(
            (
                rule
                for rule in load_hint_rules()
                if total.category in rule.categories and rule.pattern.search(total.payee)
            ),
            None,
        )
        if rule is not None and total.amount > 0:
            found.append(DeductionHint(rule.section, total.payee, total.amount))
    return sorted(found, key=lambda hint: (-hint.amount, hint.payee))


def hint_categories() -> frozenset[Category]:
    """All categories in which hints are looked for."""
    return frozenset().union(*(rule.categories for rule in load_hint_rules()))
