"""Query: what breaks when an account is closed."""

from __future__ import annotations

from dataclasses import dataclass

from services.knowledge_graph.application.insights.views import AccountImpactView, take_picture
from services.knowledge_graph.domain.errors import GraphAccountNotFoundError
from services.knowledge_graph.domain.insights.impact import account_impact
from services.knowledge_graph.domain.insights.window import DEFAULT_MONTHS
from services.knowledge_graph.domain.repositories import MovementReader
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAccountImpactRequest:
    """Which account, over how many complete months."""

    user_id: UserId
    account_id: AccountId
    months: int = DEFAULT_MONTHS


class GetAccountImpact:
    """Follows the graph from an account to all that rests on it."""

    def __init__(self, reader: MovementReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetAccountImpactRequest) -> AccountImpactView:
        """What would break; GraphAccountNotFoundError when the graph knows no such account of the person."""
        seen = await take_picture(self._reader, self._clock, request.user_id, request.months)
        account = seen.holdings.account(request.account_id)
        if account is None:
            raise GraphAccountNotFoundError
        window = seen.window
        found = account_impact(seen.holdings, seen.movements, seen.transfers, account, window.months)
        return AccountImpactView(
            as_of=window.as_of, from_=window.start, to=window.end, months=window.months, impact=found
        )
