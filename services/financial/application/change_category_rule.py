"""Command: change a rule of one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from services.financial.application.add_category_rule import AddCategoryRuleRequest, apply_rule, new_rule
from services.financial.application.category_rule_views import CategoryRuleView, category_rule_view
from services.financial.domain.categorisation import RuleField, RuleMatch, RuleSet
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.category_rule import CategoryRule
from services.financial.domain.errors import CategoryRuleNotFoundError
from services.financial.domain.ids import CategoryRuleId, OwnCategoryId
from services.financial.domain.repositories import UnitOfWorkFactory
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRuleChanges:
    """What of a rule shall be different; None leaves it as it is. A category takes the place of one's own, too."""

    user_id: UserId
    pattern: str | None = None
    category: Category | None = None
    own_category_id: OwnCategoryId | None = None
    field: RuleField | None = None
    match: RuleMatch | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    direction: Direction | None = None
    dry_run: bool = False

    def of(self, record: CategoryRule) -> AddCategoryRuleRequest:
        """All of the rule as it shall be."""
        now = category_rule_view(record)
        same_category = self.category is None and self.own_category_id is None
        return AddCategoryRuleRequest(
            user_id=self.user_id,
            pattern=self.pattern or now.pattern,
            category=now.category if same_category else self.category,
            own_category_id=now.own_category_id if same_category else self.own_category_id,
            field=self.field or now.field,
            match=self.match or now.match,
            min_amount=now.min_amount if self.min_amount is None else self.min_amount,
            max_amount=now.max_amount if self.max_amount is None else self.max_amount,
            currency=now.currency or "INR",
            direction=self.direction or now.direction,
            dry_run=self.dry_run,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCategoryRuleRequest:
    """Which rule, and how it shall be, or what of it shall be different; with `wanted.dry_run` nothing is kept."""

    rule_id: CategoryRuleId
    wanted: AddCategoryRuleRequest | CategoryRuleChanges


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
            wanted = request.wanted.of(before) if isinstance(request.wanted, CategoryRuleChanges) else request.wanted
            made = await new_rule(unit, wanted)
            after = replace(
                made, id=before.id, created_at=before.created_at, rule=replace(made.rule, id=before.rule.id)
            )
            await unit.category_rules.delete(before.id)
            await unit.category_rules.add(after)
            earlier = await unit.transactions.with_rule(user_id, before.rule.id)
            changed = await apply_rule(unit, after, own, self._rules, earlier)
            if not wanted.dry_run:
                await unit.commit()
        return category_rule_view(after, len(changed))
