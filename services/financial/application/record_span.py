"""Which day figures speak of, and which accounts they cannot include."""

from __future__ import annotations

from collections.abc import Sequence

from services.financial.application.readers import FinanceReader
from services.financial.application.views import LeftOutView
from services.financial.domain.balances import AccountStanding
from services.financial.domain.period import Period
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId


async def recorded_or_today(reader: FinanceReader, clock: Clock, user_id: UserId) -> Period:
    """The days from the oldest to the newest transaction; today alone when there is none."""
    day = today(clock)
    return await reader.recorded_period(user_id) or Period(day, day)


def left_out(standings: Sequence[AccountStanding], currency: str) -> tuple[LeftOutView, ...]:
    """The accounts that are not in `currency`."""
    return tuple(
        LeftOutView(s.account.id, s.account.name, s.account.currency)
        for s in standings
        if s.account.currency != currency
    )


def require_between(field: str, value: int, least: int, most: int) -> None:
    """Refuse a count that is out of its bounds, naming the field."""
    if not least <= value <= most:
        raise InvalidInputError(f"{field} must lie between {least} and {most}.", extra={"field": field})
