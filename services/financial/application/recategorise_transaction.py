"""Command: say what a transaction was for."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.meaning import own_categoriser, recategorise
from services.financial.application.transaction_views import transaction_view
from services.financial.application.views import TransactionView
from services.financial.domain.account import Account
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.category import Category
from services.financial.domain.errors import TransactionNotFoundError
from services.financial.domain.events import TransactionRecategorised
from services.financial.domain.repositories import FinancialUnitOfWork, UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.ids import AccountId, TransactionId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecategoriseTransactionRequest:
    """The person's word on one transaction."""

    user_id: UserId
    transaction_id: TransactionId
    category: Category


class RecategoriseTransaction:
    """Sets a category that no rule and no pairing changes again.

    A leg of a transfer that is said to be something else leaves its pair, and the other leg goes back to what the
    rules say of it.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules

    async def __call__(self, request: RecategoriseTransactionRequest) -> TransactionView:
        """Set the category and answer with the transaction."""
        async with self._unit_of_work() as unit:
            own = {account.id: account for account in await unit.accounts.lock_all(request.user_id)}
            before = await unit.transactions.get(request.user_id, request.transaction_id)
            if before is None:
                raise TransactionNotFoundError
            after = before.recategorised(request.category, CategorySource.USER)
            changed = [after]
            if after.transfer_pair_id is None and before.transfer_pair_id is not None:
                changed += await self._other_leg(unit, before.user_id, before.transfer_pair_id, own)
            await unit.transactions.save_categories(changed)
            unit.record(_event(before, after))
            await unit.commit()
        return transaction_view(after, own[after.account_id].name)

    async def _other_leg(
        self, unit: FinancialUnitOfWork, user_id: UserId, other_id: TransactionId, own: dict[AccountId, Account]
    ) -> list[Transaction]:
        other = await unit.transactions.get(user_id, other_id)
        if other is None:
            return []
        categoriser = await own_categoriser(unit, user_id, self._rules)
        return [recategorise(other, categoriser, own[other.account_id])]


def _event(before: Transaction, after: Transaction) -> TransactionRecategorised:
    return TransactionRecategorised(
        user_id=after.user_id, transaction_id=after.id, previous=before.category, category=after.category
    )
