"""Query: one account and its balance."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.list_accounts import account_view
from services.financial.application.readers import FinanceReader
from services.financial.application.views import AccountView
from services.financial.domain.errors import AccountNotFoundError
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAccountRequest:
    """One account of the person's own."""

    user_id: UserId
    account_id: AccountId


class GetAccount:
    """Answers with the account, or AccountNotFoundError when it is not the person's."""

    def __init__(self, reader: FinanceReader) -> None:
        self._reader = reader

    async def __call__(self, request: GetAccountRequest) -> AccountView:
        """The account as it stands now."""
        standing = await self._reader.standing(request.user_id, request.account_id)
        if standing is None:
            raise AccountNotFoundError
        return account_view(standing)
