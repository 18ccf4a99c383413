"""How a person's own category rules are shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.financial.domain.categorisation import RuleField, RuleMatch
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.category_rule import CategoryRule
from services.financial.domain.ids import CategoryRuleId, OwnCategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRuleView:
    """A rule; `recategorised` is the number of transactions on record that changed when it was made, else None.

    `currency` is of the limits, None without any.
    """

    rule_id: CategoryRuleId
    field: RuleField
    match: RuleMatch
    pattern: str
    category: Category
    min_amount: Decimal | None
    max_amount: Decimal | None
    currency: str | None
    direction: Direction | None
    own_category: str | None = None
    own_category_id: OwnCategoryId | None = None
    recategorised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRulesView:
    """A person's rules, newest first."""

    rules: tuple[CategoryRuleView, ...]


def category_rule_view(record: CategoryRule, recategorised: int | None = None) -> CategoryRuleView:
    """The view of a rule."""
    rule = record.rule
    limit = rule.min_amount or rule.max_amount
    return CategoryRuleView(
        rule_id=record.id,
        field=rule.field,
        match=rule.match,
        pattern=rule.pattern,
        category=rule.category,
        min_amount=None if rule.min_amount is None else rule.min_amount.amount,
        max_amount=None if rule.max_amount is None else rule.max_amount.amount,
        currency=None if limit is None else limit.currency,
        direction=rule.direction,
        own_category=rule.own_category.name if rule.own_category else None,
        own_category_id=rule.own_category.id if rule.own_category else None,
        recategorised=recategorised,
    )
