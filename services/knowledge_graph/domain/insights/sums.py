"""Movements summed up by payee or category."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.knowledge_graph.domain.insights.window import per_month, percent
from services.knowledge_graph.domain.movements import Movement
from services.shared.domain.money import Money

MOST_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeSum:
    """What one payee moved in one category; `share_percent` is of all that the list is about."""

    payee: str
    category: str
    total: Decimal
    monthly: Decimal
    share_percent: Decimal
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySum:
    """What moved in one category; `share_percent` is of all that the list is about."""

    category: str
    total: Decimal
    monthly: Decimal
    share_percent: Decimal


def by_payee(movements: Iterable[Movement], currency: str, months: int) -> tuple[PayeeSum, ...]:
    """Payees, the largest first, at most 20; what is in another currency is passed over."""
    found = _grouped(movements, currency, lambda m: (m.payee, m.category))
    whole = Money.total((total for total, _ in found.values()), currency)
    ordered = sorted(found.items(), key=lambda item: (-item[1][0].amount, item[0]))
    return tuple(
        PayeeSum(
            payee=payee,
            category=category,
            total=total.amount,
            monthly=per_month(total, months),
            share_percent=percent(total, whole),
            count=count,
        )
        for (payee, category), (total, count) in ordered[:MOST_LISTED]
    )


def by_category(movements: Iterable[Movement], currency: str, months: int) -> tuple[CategorySum, ...]:
    """Categories, the largest first, at most 20; what is in another currency is passed over."""
    found = _grouped(movements, currency, lambda m: ("", m.category))
    whole = Money.total((total for total, _ in found.values()), currency)
    ordered = sorted(found.items(), key=lambda item: (-item[1][0].amount, item[0]))
    return tuple(
        CategorySum(
            category=category,
            total=total.amount,
            monthly=per_month(total, months),
            share_percent=percent(total, whole),
        )
        for (_, category), (total, _count) in ordered[:MOST_LISTED]
    )


def _grouped(
    movements: Iterable[Movement], currency: str, key: Callable[[Movement], tuple[str, str]]
) -> dict[tuple[str, str], tuple[Money, int]]:
    found: dict[tuple[str, str], tuple[Money, int]] = {}
    for movement in movements:
        if movement.total.currency == currency:
            total, count = found.get(key(movement), (Money.zero(currency), 0))
            found[key(movement)] = (total + movement.total, count + movement.count)
    return found
