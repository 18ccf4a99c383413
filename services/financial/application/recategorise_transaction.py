"""Command: say what a transaction was for."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.records.edit_transaction import EditTransaction, EditTransactionRequest
from services.financial.application.views import TransactionView
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.category import Category
from services.financial.domain.repositories import UnitOfWorkFactory
from services.shared.domain.clock import Clock
from services.shared.domain.ids import TransactionId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecategoriseTransactionRequest:
    """The person's word on one transaction."""

    user_id: UserId
    transaction_id: TransactionId
    category: Category


class RecategoriseTransaction:
    """Sets a category that no rule and no pairing changes again: the commonest edit of all.

    A leg of a transfer that is said to be something else leaves its pair, and the other leg goes back to what the
    rules say of it.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._edit = EditTransaction(unit_of_work, rules, clock)

    async def __call__(self, request: RecategoriseTransactionRequest) -> TransactionView:
        """Set the category and answer with the transaction."""
        return await self._edit(
            EditTransactionRequest(
                user_id=request.user_id, transaction_id=request.transaction_id, category=request.category
            )
        )
