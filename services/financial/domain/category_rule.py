"""A person's own rules for categories, as records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from services.financial.domain.categorisation import RuleField, RuleMatch, UserRule
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.categorisation.user_rule import comparable
from services.financial.domain.category import Category
from services.financial.domain.ids import CategoryRuleId
from services.financial.domain.records.own_category import OwnCategoryRef
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money

MAX_RULES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRule:
    """One rule of one person; `rule.id` is `id` as text."""

    id: CategoryRuleId
    user_id: UserId
    rule: UserRule
    created_at: datetime

    @classmethod
    def create(
        cls,
        *,
        user_id: UserId,
        field: RuleField,
        match: RuleMatch,
        pattern: str,
        category: Category,
        min_amount: Money | None = None,
        max_amount: Money | None = None,
        direction: Direction | None = None,
        own_category: OwnCategoryRef | None = None,
    ) -> CategoryRule:
        """A new rule; the pattern is kept as it is compared: upper-case words without punctuation."""
        rule_id = CategoryRuleId(new_uuid())
        rule = UserRule(
            id=str(rule_id),
            field=field,
            match=match,
            pattern=comparable(pattern),
            category=category,
            min_amount=min_amount,
            max_amount=max_amount,
            direction=direction,
            own_category=own_category,
        )
        return cls(id=rule_id, user_id=user_id, rule=rule, created_at=datetime.now(UTC))
