"""Budgets in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.budgets.alert import AlertId, BudgetAlert
from services.financial.domain.budgets.budget import Budget, BudgetId, BudgetLimit, Rollover
from services.financial.domain.budgets.status import Level
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.financial.infrastructure.budgets.tables import budget_alerts, budget_limits, budgets
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


class PostgresBudgetRepository:
    """Implements BudgetRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, user_id: UserId, category: Category, currency: str) -> Budget | None:
        """Read and lock the row."""
        found = await self._find(
            budgets.c.user_id == user_id,
            budgets.c.category == category.value,
            budgets.c.currency == currency,
            lock=True,
        )
        return found[0] if found else None

    async def list(self, user_id: UserId, currency: str) -> list[Budget]:
        """Read the rows and their limits."""
        return [*await self._find(budgets.c.user_id == user_id, budgets.c.currency == currency)]

    async def _find(self, *conditions: ColumnElement[bool], lock: bool = False) -> Sequence[Budget]:
        query = select(budgets).where(*conditions).order_by(budgets.c.category)
        rows = (await self._connection.execute(query.with_for_update() if lock else query)).mappings().all()
        wanted = budget_limits.c.budget_id.in_([row["id"] for row in rows])
        limits = (
            await self._connection.execute(select(budget_limits).where(wanted).order_by(budget_limits.c.month))
        ).mappings()
        of_budget: dict[Any, list[RowMapping]] = {row["id"]: [] for row in rows}
        for limit in limits:
            of_budget[limit["budget_id"]].append(limit)
        return [_to_budget(row, of_budget[row["id"]]) for row in rows]

    async def save(self, budget: Budget) -> Budget:
        """Upsert the row, whose id stays, and write its limits anew."""
        changed = {"rollover": budget.rollover.value, "alert_percent": budget.alert_percent}
        row = insert(budgets).values(
            id=budget.id,
            user_id=budget.user_id,
            category=budget.category.value,
            currency=budget.currency,
            created_at=budget.created_at,
            **changed,
        )
        upsert = row.on_conflict_do_update(constraint="uq_budgets_user_id", set_=changed).returning(budgets.c.id)
        kept_id = BudgetId((await self._connection.execute(upsert)).scalar_one())
        await self._connection.execute(delete(budget_limits).where(budget_limits.c.budget_id == kept_id))
        await self._connection.execute(
            insert(budget_limits),
            [{"budget_id": kept_id, "month": one.month.first, "amount": one.amount.amount} for one in budget.limits],
        )
        return replace(budget, id=kept_id)

    async def delete(self, budget_id: BudgetId) -> None:
        """Delete the row; limits and alerts go with it."""
        await self._connection.execute(delete(budgets).where(budgets.c.id == budget_id))

    async def add_alert(self, alert: BudgetAlert) -> bool:
        """Insert unless the constraint holds one already."""
        row = insert(budget_alerts).values(
            id=alert.id,
            user_id=alert.user_id,
            budget_id=alert.budget_id,
            month=alert.month.first,
            level=alert.level.value,
            available=alert.available.amount,
            spent=alert.spent.amount,
            raised_at=alert.raised_at,
        )
        added = row.on_conflict_do_nothing(constraint="uq_budget_alerts_budget_id").returning(budget_alerts.c.id)
        return (await self._connection.execute(added)).first() is not None

    async def forget_alerts(self, budget_id: BudgetId, since: Month) -> None:
        """Delete the rows."""
        await self._connection.execute(
            delete(budget_alerts).where(budget_alerts.c.budget_id == budget_id, budget_alerts.c.month >= since.first)
        )

    async def alerts(self, user_id: UserId, limit: int) -> Sequence[BudgetAlert]:
        """Read the newest: ids grow with time."""
        query = (
            select(budget_alerts, budgets.c.category, budgets.c.currency)
            .join(budgets, budgets.c.id == budget_alerts.c.budget_id)
            .where(budget_alerts.c.user_id == user_id)
            .order_by(budget_alerts.c.id.desc())
            .limit(limit)
        )
        return [_to_alert(row) for row in (await self._connection.execute(query)).mappings()]


def _to_budget(row: RowMapping, limits: Sequence[RowMapping]) -> Budget:
    return Budget(
        id=BudgetId(row["id"]),
        user_id=UserId(row["user_id"]),
        category=Category(row["category"]),
        rollover=Rollover(row["rollover"]),
        alert_percent=row["alert_percent"],
        limits=tuple(BudgetLimit(Month.of(one["month"]), Money(one["amount"], row["currency"])) for one in limits),
        created_at=row["created_at"],
    )


def _to_alert(row: RowMapping) -> BudgetAlert:
    return BudgetAlert(
        id=AlertId(row["id"]),
        user_id=UserId(row["user_id"]),
        budget_id=BudgetId(row["budget_id"]),
        category=Category(row["category"]),
        month=Month.of(row["month"]),
        level=Level(row["level"]),
        available=Money(row["available"], row["currency"]),
        spent=Money(row["spent"], row["currency"]),
        raised_at=row["raised_at"],
    )
