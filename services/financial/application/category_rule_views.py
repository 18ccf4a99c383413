"""How a person's own category rules are shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.financial.domain.categorisation import RuleField, RuleMatch
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.category_rule import CategoryRule
from services.financial.domain.ids import CategoryRuleId


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRuleView:
    """A rule; `recategorised` is the number of transactions on record that changed when it was made, else None."""

    rule_id: CategoryRuleId
    field: RuleField
    match: RuleMatch
    pattern: str
    category: Category
    min_amount: Decimal | None
    max_amount: Decimal | None
    direction: Direction | None
    own_category: str | None = None
    recategorised: int | None = None


def category_rule_view(record: CategoryRule, recategorised: int | None = None) -> CategoryRuleView:
    """The view of a rule."""
    rule = record.rule
    return CategoryRuleView(
        rule_id=record.id,
        field=rule.field,
        match=rule.match,
        pattern=rule.pattern,
        category=rule.category,
        min_amount=None if rule.min_amount is None else rule.min_amount.amount,
        max_amount=None if rule.max_amount is None else rule.max_amount.amount,
        direction=rule.direction,
        own_category=rule.own_category.name if rule.own_category else None,
        recategorised=recategorised,
    )
