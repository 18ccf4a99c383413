"""Command: change a rule of one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.financial.application.add_category_rule import AddCategoryRuleRequest, apply_rule, new_rule
from services.financial.application.category_rule_views import CategoryRuleView, category_rule_view
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import CategoryRuleNotFoundError
from services.financial.domain.ids import CategoryRuleId
from services.financial.domain.repositories import UnitOfWorkFactory


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCategoryRuleRequest:
    """Which rule, and all of how it shall be; with `wanted.dry_run` nothing is kept."""

    rule_id: CategoryRuleId
    wanted: AddCategoryRuleRequest


class ChangeCategoryRule:
    """Puts a rule in the place of an earlier one, under its id.

    What the earlier one had categorised, and what the new one matches, gets what the rules say now.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules

    async def __call__(self, request: ChangeCategoryRuleRequest) -> CategoryRuleView:
        """The rule and how many transactions changed; CategoryRuleNotFoundError, or CategoryRuleExistsError."""
        user_id = request.wanted.user_id
        async with self._unit_of_work() as unit:
            own = {account.id: account for account in await unit.accounts.lock_all(user_id)}
            before = await unit.category_rules.get(user_id, request.rule_id)
            if before is None:
                raise CategoryRuleNotFoundError
            made = await new_rule(unit, request.wanted)
            after = replace(
                made, id=before.id, created_at=before.created_at, rule=replace(made.rule, id=before.rule.id)
            )
            await unit.category_rules.delete(before.id)
            await unit.category_rules.add(after)
            earlier = await unit.transactions.with_rule(user_id, before.rule.id)
            changed = await apply_rule(unit, after, own, self._rules, earlier)
            if not request.wanted.dry_run:
                await unit.commit()
        return category_rule_view(after, len(changed))
