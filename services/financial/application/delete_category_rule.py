"""Command: give up a rule of one's own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from services.financial.application.add_category_rule import changed_by_rules
from services.financial.application.category_rule_views import CategoryRuleView, category_rule_view
from services.financial.application.meaning import own_categoriser
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import CategoryRuleNotFoundError
from services.financial.domain.ids import CategoryRuleId
from services.financial.domain.repositories import UnitOfWorkFactory
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteCategoryRuleRequest:
    """One of the person's rules; with `dry_run` it stays, and the answer counts what would change."""

    user_id: UserId
    rule_id: CategoryRuleId
    dry_run: bool = False


class DeleteCategoryRule:
    """Forgets a rule; what it had categorised goes back to what the remaining rules say."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules

    async def __call__(self, request: DeleteCategoryRuleRequest) -> CategoryRuleView:
        """The rule that was, and how many transactions changed; CategoryRuleNotFoundError."""
        async with self._unit_of_work() as unit:
            own = {account.id: account for account in await unit.accounts.lock_all(request.user_id)}
            record = await unit.category_rules.get(request.user_id, request.rule_id)
            if record is None:
                raise CategoryRuleNotFoundError
            await unit.category_rules.delete(record.id)
            candidates = await unit.transactions.with_rule(request.user_id, record.rule.id)
            categoriser = await own_categoriser(unit, request.user_id, self._rules)
            changed = await asyncio.to_thread(changed_by_rules, candidates, categoriser, own)
            await unit.transactions.save_categories(changed)
            if not request.dry_run:
                await unit.commit()
        return category_rule_view(record, len(changed))
