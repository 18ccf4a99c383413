"""A person's own category rules in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.category_rule import CategoryRule
from services.financial.domain.errors import CategoryRuleExistsError
from services.financial.domain.ids import CategoryRuleId
from services.financial.infrastructure.mappers import category_rule_values, to_category_rule
from services.financial.infrastructure.records.tables import own_categories
from services.financial.infrastructure.tables import category_rules
from services.shared.domain.ids import UserId

_SELECT = select(category_rules, own_categories.c.name.label("own_category_name")).outerjoin(
    own_categories, own_categories.c.id == category_rules.c.own_category_id
)


class PostgresCategoryRuleRepository:
    """Implements CategoryRuleRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, rule: CategoryRule) -> None:
        """Insert the row; the unique constraint speaks as CategoryRuleExistsError."""
        try:
            await self._connection.execute(insert(category_rules).values(**category_rule_values(rule)))
        except IntegrityError as error:
            if "uq_category_rules_user_id" in str(error.orig):
                raise CategoryRuleExistsError(rule.rule.pattern) from error
            raise

    async def get(self, user_id: UserId, rule_id: CategoryRuleId) -> CategoryRule | None:
        """Read the row if it is this person's."""
        query = _SELECT.where(category_rules.c.id == rule_id, category_rules.c.user_id == user_id)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else to_category_rule(row)

    async def list(self, user_id: UserId) -> list[CategoryRule]:
        """Read the rows, newest first: the ids grow with time."""
        query = _SELECT.where(category_rules.c.user_id == user_id).order_by(category_rules.c.id.desc())
        return [to_category_rule(row) for row in (await self._connection.execute(query)).mappings()]

    async def delete(self, rule_id: CategoryRuleId) -> None:
        """Delete the row."""
        await self._connection.execute(delete(category_rules).where(category_rules.c.id == rule_id))
