"""Query: a person's own category rules."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.category_rule_views import CategoryRulesView, category_rule_view
from services.financial.domain.repositories import UnitOfWorkFactory
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCategoryRulesRequest:
    """The person's rules."""

    user_id: UserId


class ListCategoryRules:
    """Answers with the rules, newest first."""

    def __init__(self, unit_of_work: UnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: ListCategoryRulesRequest) -> CategoryRulesView:
        """The rules."""
        async with self._unit_of_work() as unit:
            records = await unit.category_rules.list(request.user_id)
        return CategoryRulesView(rules=tuple(category_rule_view(record) for record in records))
