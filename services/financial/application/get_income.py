"""Query: income of a period."""

from services.financial.application.flows import FlowQuery, FlowRequest
from services.financial.application.readers import FinanceReader
from services.financial.domain.category import INCOME_CATEGORIES
from services.shared.domain.clock import Clock


class GetIncomeRequest(FlowRequest):
    """Which income; only the categories salary, interest and other_income are income."""

    __slots__ = ()


class GetIncome(FlowQuery):
    """Answers with what came in, positive when money was received."""

    def __init__(self, reader: FinanceReader, clock: Clock) -> None:
        super().__init__(reader, clock, name="income", categories=INCOME_CATEGORIES, sign=1)
