"""Query: how money flows from income to goals."""

from __future__ import annotations

from dataclasses import dataclass

from services.knowledge_graph.application.insights.views import MoneyFlowView, take_picture
from services.knowledge_graph.domain.insights.flow import main_currency, money_flow
from services.knowledge_graph.domain.insights.window import DEFAULT_MONTHS
from services.knowledge_graph.domain.repositories import MovementReader
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetMoneyFlowRequest:
    """Whose money, over how many complete months; in the currency of most of it unless one is named."""

    user_id: UserId
    months: int = DEFAULT_MONTHS
    currency: str | None = None


class GetMoneyFlow:
    """Reads sums from the graph and draws the flows."""

    def __init__(self, reader: MovementReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetMoneyFlowRequest) -> MoneyFlowView:
        """The flows; none for a person of whom the graph knows nothing yet."""
        seen = await take_picture(self._reader, self._clock, request.user_id, request.months)
        window = seen.window
        currency = request.currency or main_currency(seen.holdings, seen.movements)
        flow = money_flow(seen.holdings, seen.movements, seen.transfers, window.months, currency)
        return MoneyFlowView(as_of=window.as_of, from_=window.start, to=window.end, months=window.months, flow=flow)
