"""How transactions are shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from services.financial.application.readers import FinanceReader
from services.financial.application.views import TransactionPartView, TransactionView
from services.financial.domain.balances import AccountStanding
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.records.parts import Part
from services.financial.domain.transaction import Transaction
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId

MAX_TEXT_LENGTH: Final = 100


def transaction_view(transaction: Transaction, account_name: str) -> TransactionView:
    """A transaction with its account's name."""
    return TransactionView(
        transaction_id=transaction.id,
        date=transaction.booked_on,
        amount=transaction.amount.amount,
        currency=transaction.amount.currency,
        payee=transaction.payee,
        category=transaction.category,
        account=account_name,
        account_id=transaction.account_id,
        narration=transaction.narration,
        own_category=transaction.own_category.name if transaction.own_category else None,
        note=transaction.note or None,
        tags=transaction.tags or None,
        parts=part_views(transaction.parts) or None,
        entered_by_hand=transaction.is_manual or None,
    )


def part_views(parts: Sequence[Part]) -> tuple[TransactionPartView, ...]:
    """Parts of a split transaction."""
    return tuple(
        TransactionPartView(
            part.amount.amount, part.category, part.own_category.name if part.own_category else None, part.note
        )
        for part in parts
    )


def transaction_views(
    transactions: Sequence[Transaction], standings: Sequence[AccountStanding]
) -> tuple[TransactionView, ...]:
    """Transactions with the names of their accounts."""
    names = {standing.account.id: standing.account.name for standing in standings}
    return tuple(transaction_view(t, names[t.account_id]) for t in transactions)


async def standings_with(
    reader: FinanceReader, user_id: UserId, account_id: AccountId | None
) -> Sequence[AccountStanding]:
    """All accounts; AccountNotFoundError when the one asked for is not among them."""
    standings = await reader.standings(user_id)
    if account_id is not None and all(s.account.id != account_id for s in standings):
        raise AccountNotFoundError
    return standings


def require_searchable(field: str, text: str | None) -> str | None:
    """The text to look for without outer white space, None when nothing is left; refuses a very long one."""
    if text is None or not text.strip():
        return None
    if len(text) > MAX_TEXT_LENGTH:
        raise InvalidInputError(f"{field} must have at most {MAX_TEXT_LENGTH} characters.", extra={"field": field})
    return text.strip().replace("\x00", "")


def require_size(field: str, amount: Decimal | None) -> None:
    """Refuse a bound on the size of an amount that is no size."""
    if amount is not None and (not amount.is_finite() or amount < 0):
        raise InvalidInputError(f"{field} must be a number that is not negative.", extra={"field": field})
