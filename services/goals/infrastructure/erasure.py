"""Erasing a person's goals."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from services.goals.infrastructure.tables import goal_assumptions, goals
from services.shared.domain.ids import UserId
from services.shared.infrastructure.erasure import ErasureConsumer, delete_rows

OF_A_PERSON: Final = [goal_assumptions, goals]


def build_erasure(engine: AsyncEngine) -> ErasureConsumer:
    """The consumer; contributions and links follow by their foreign keys."""

    async def erase(user_id: UserId) -> None:
        await delete_rows(engine, user_id, OF_A_PERSON)

    return ErasureConsumer("goals", erase)
