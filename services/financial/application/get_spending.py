"""Query: spending of a period."""

from services.financial.application.flows import FlowQuery, FlowRequest
from services.financial.application.readers import FinanceReader
from services.financial.domain.summary import SPENDING_CATEGORIES
from services.shared.domain.clock import Clock


class GetSpendingRequest(FlowRequest):
    """Which spending; a `category` of income or `transfer` is refused."""

    __slots__ = ()


class GetSpending(FlowQuery):
    """Answers with what went out, refunds taken off, positive when money was spent."""

    def __init__(self, reader: FinanceReader, clock: Clock) -> None:
        super().__init__(reader, clock, name="spending", categories=SPENDING_CATEGORIES, sign=-1)
