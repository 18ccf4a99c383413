"""Usage, counted over the record of runs."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect
from services.conversation.domain.usage.usage import Usage
from services.conversation.infrastructure.tables import runs
from services.shared.domain.clock import INDIA
from services.shared.domain.ids import UserId


class PostgresUsageReader:
    """`UsageReader` on the table of runs."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def by_day(self, user_id: UserId, start: date, end: date) -> list[Usage]:
        """The caller's usage from `start` to `end`, both included, by day and model, oldest first."""
        day = cast(func.timezone(INDIA.key, runs.c.started_at), Date)
        model = func.coalesce(runs.c.model, "none")
        query = (
            select(
                day,
                model,
                func.count(),
                func.coalesce(func.sum(runs.c.prompt_tokens), 0),
                func.coalesce(func.sum(runs.c.completion_tokens), 0),
                func.coalesce(func.sum(runs.c.cost_usd), Decimal(0)),
            )
            .where(
                runs.c.user_id == user_id,
                runs.c.started_at >= _midnight(start),
                runs.c.started_at < _midnight(end) + timedelta(days=1),
            )
            .group_by(day, model)
            .order_by(day, model)
        )
        async with connect(self._engine) as connection:
            return [
                Usage(day=on, model=name, runs=count, prompt_tokens=prompt, completion_tokens=completion, cost_usd=cost)
                for on, name, count, prompt, completion, cost in await connection.execute(query)
            ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), INDIA)
