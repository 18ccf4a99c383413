"""Command: remove an investment transaction."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.domain.investments.repositories import InvestmentsUnitOfWorkFactory
from services.financial.domain.investments.transaction import InvestmentTransactionId
from services.shared.domain.errors import NotFoundError
from services.shared.domain.ids import UserId


class InvestmentTransactionNotFoundError(NotFoundError):
    """No such transaction among the person's own."""

    code = "investment-transaction-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such investment transaction among yours.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteInvestmentTransactionRequest:
    """Which one."""

    user_id: UserId
    transaction_id: InvestmentTransactionId


class DeleteInvestmentTransaction:
    """Removes a transaction that was recorded by mistake. A source that reports it again brings it back."""

    def __init__(self, unit_of_work: InvestmentsUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: DeleteInvestmentTransactionRequest) -> None:
        """InvestmentTransactionNotFoundError when it is not the person's."""
        async with self._unit_of_work() as unit:
            if not await unit.investments.delete(request.user_id, request.transaction_id):
                raise InvestmentTransactionNotFoundError
            await unit.commit()
