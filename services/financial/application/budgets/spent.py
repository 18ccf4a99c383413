"""What went out for the categories that have budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.financial.application.analysis.readers import TotalsReader
from services.financial.domain.budgets.budget import Budget
from services.financial.domain.category import Category, is_spending
from services.financial.domain.period import Month, Period
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

_MONTHS_AWAY = 120


@dataclass(frozen=True, slots=True)
class Spent:
    """Spending by category and month, refunds taken off."""

    by_category: Mapping[Category, Mapping[Month, Money]] = field(default_factory=dict)

    def of(self, category: Category) -> Mapping[Month, Money]:
        """The months of one category."""
        return self.by_category.get(category, {})


async def spent_until(
    totals: TotalsReader, user_id: UserId, budgets: Sequence[Budget], month: Month, currency: str
) -> Spent:
    """All spending from the first budget's first month to `month`, which may have none before it."""
    first = min([budget.first_month for budget in budgets] + [month])
    period = Period(first.first, month.last)
    found: dict[Category, dict[Month, Money]] = defaultdict(dict)
    for total in await totals.by_month_and_category(user_id, period, currency):
        if is_spending(total.category):
            found[total.category][total.month] = -total.amount
    return Spent(found)


def require_near(month: Month, newest: Month) -> None:
    """Refuse a month that is more than ten years from the newest record's."""
    if abs((month.year - newest.year) * 12 + month.number - newest.number) > _MONTHS_AWAY:
        raise InvalidInputError(
            f"month must lie within {_MONTHS_AWAY // 12} years of {newest}.", extra={"field": "month"}
        )
