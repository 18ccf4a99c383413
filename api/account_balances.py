"""Tells the goals context what lies on a person's accounts, which the financial context keeps."""

from collections.abc import Mapping

from services.financial.application.list_accounts import ListAccounts, ListAccountsRequest
from services.goals.domain.savings import AccountBalance
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


class FinanceAccountBalances:
    """`AccountBalances` by the financial context's own query."""

    def __init__(self, list_accounts: ListAccounts) -> None:
        self._list_accounts = list_accounts

    async def of(self, user_id: UserId) -> Mapping[AccountId, AccountBalance]:
        """All accounts of the person, by id."""
        view = await self._list_accounts(ListAccountsRequest(user_id=user_id))
        return {
            account.account_id: AccountBalance(
                account.account_id, account.name, Money(account.balance, account.currency)
            )
            for account in view.accounts
        }
