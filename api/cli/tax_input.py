"""A year's income as a person types it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.cli.loan_input import decimal
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.tax.deductions import IncomeYear
from services.financial.domain.tax.tables import AgeGroup


def income_year(typed: Mapping[str, str | None], age: int, *, lives_in_metro: bool = False) -> IncomeYear:
    """The income; what was not typed is left out. InvalidInputError for what cannot be read."""
    figures: dict[str, Any] = {name: decimal(text, name) for name, text in typed.items() if text is not None}
    return IncomeYear(age=_group(age), lives_in_metro=lives_in_metro, **figures)


def financial_year(text: str | None) -> FinancialYear | None:
    """The year, None when it was not typed."""
    return FinancialYear.parse(text) if text else None


def _group(age: int) -> AgeGroup:
    if age >= 80:
        return AgeGroup.FROM_80
    return AgeGroup.FROM_60 if age >= 60 else AgeGroup.BELOW_60
