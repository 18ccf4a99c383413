"""Reads that both the repository and the reader of goals make, on a connection."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.goals.domain.goal import Goal
from services.goals.domain.savings import AccountLink
from services.goals.infrastructure.mappers import to_goal
from services.goals.infrastructure.tables import goal_account_links, goal_assumptions, goals
from services.shared.domain.ids import AccountId, GoalId, UserId


def one_goal(goal_id: GoalId, user_id: UserId) -> Select[Any]:
    """A person's goal by id."""
    return select(goals).where(goals.c.id == goal_id, goals.c.user_id == user_id)


def goals_of(user_id: UserId) -> Select[Any]:
    """A person's goals: by priority, then the nearest day, then age."""
    order = (goals.c.priority, goals.c.target_date, goals.c.created_at, goals.c.id)
    return select(goals).where(goals.c.user_id == user_id).order_by(*order)


async def read_goals(connection: AsyncConnection, query: Select[Any]) -> list[Goal]:
    """The goals that a query finds."""
    return [to_goal(row) for row in await connection.execute(query)]


async def read_links(connection: AsyncConnection, user_id: UserId) -> dict[GoalId, tuple[AccountLink, ...]]:
    """The accounts linked to a person's goals, in the order in which they were named."""
    query = (
        select(goal_account_links)
        .join(goals, goals.c.id == goal_account_links.c.goal_id)
        .where(goals.c.user_id == user_id)
        .order_by(goal_account_links.c.goal_id, goal_account_links.c.place)
    )
    links: dict[GoalId, tuple[AccountLink, ...]] = {}
    for row in await connection.execute(query):
        link = AccountLink(AccountId(row.account_id), row.share_percent)
        links[GoalId(row.goal_id)] = (*links.get(GoalId(row.goal_id), ()), link)
    return links


async def read_personal_assumptions(connection: AsyncConnection, user_id: UserId) -> dict[str, Decimal]:
    """The assumptions that a person replaced, by name."""
    query = select(goal_assumptions.c.name, goal_assumptions.c.value).where(goal_assumptions.c.user_id == user_id)
    return {row.name: row.value for row in await connection.execute(query)}
