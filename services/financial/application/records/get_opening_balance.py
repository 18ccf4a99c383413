"""Query: what an account held before its first transaction on record, and how that was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.financial.application.records.readers import RecordsReader
from services.financial.domain.errors import AccountNotFoundError
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetOpeningBalanceRequest:
    """One account of the person's own."""

    user_id: UserId
    account_id: AccountId


@dataclass(frozen=True, slots=True)
class OpeningChangeView:
    """One change by hand."""

    changed_at: datetime
    actor: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class OpeningBalanceView:
    """What it is now, and its changes by hand, oldest first. What statements corrected is not among them."""

    account_id: AccountId
    currency: str
    opening_balance: Decimal
    changes: tuple[OpeningChangeView, ...]


class GetOpeningBalance:
    """Answers with the opening balance and its history."""

    def __init__(self, reader: RecordsReader) -> None:
        self._reader = reader

    async def __call__(self, request: GetOpeningBalanceRequest) -> OpeningBalanceView:
        """AccountNotFoundError when the account is not the person's."""
        found = await self._reader.openings(request.user_id, request.account_id)
        if found is None:
            raise AccountNotFoundError
        account, changes = found
        return OpeningBalanceView(
            account_id=account.id,
            currency=account.currency,
            opening_balance=account.opening_balance.amount,
            changes=tuple(
                OpeningChangeView(one.changed_at, one.actor.value, one.before.amount, one.after.amount)
                for one in changes
            ),
        )
