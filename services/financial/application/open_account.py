"""Command: record an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.financial.application.list_accounts import account_view
from services.financial.application.views import AccountView
from services.financial.domain.account import Account, AccountType
from services.financial.domain.balances import AccountStanding
from services.financial.domain.errors import AccountNameTakenError
from services.financial.domain.events import AccountOpened
from services.financial.domain.repositories import UnitOfWorkFactory
from services.shared.domain.clock import Clock
from services.shared.domain.errors import ConflictError
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

MAX_ACCOUNTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccountRequest:
    """What is known of the account. The opening balance is what it held before its first transaction on record."""

    user_id: UserId
    account_type: AccountType
    name: str
    institution: str
    opening_balance: Money


class OpenAccount:
    """Records an account; its name must be new among the person's, whatever the letter case."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: OpenAccountRequest) -> AccountView:
        """Record the account and answer with it."""
        account = Account.open(
            user_id=request.user_id,
            account_type=request.account_type,
            name=request.name,
            institution=request.institution,
            opening_balance=request.opening_balance,
            now=self._clock.now(),
        )
        async with self._unit_of_work() as unit:
            own = await unit.accounts.lock_all(request.user_id)
            if any(other.name.casefold() == account.name.casefold() for other in own):
                raise AccountNameTakenError(account.name)
            if len(own) >= MAX_ACCOUNTS:
                raise ConflictError(f"You have {len(own)} accounts, and {MAX_ACCOUNTS} is the most there can be.")
            await unit.accounts.add(account)
            unit.record(account_opened(account))
            await unit.commit()
        return account_view(AccountStanding(account, account.opening_balance, None, 0))


def account_opened(account: Account, occurred_at: datetime | None = None) -> AccountOpened:
    """The event that tells of an account as it stands; it bears the moment when it was opened, or a given one."""
    return AccountOpened(
        user_id=account.user_id,
        occurred_at=occurred_at or account.created_at,
        account_id=account.id,
        account_type=account.account_type,
        account_name=account.name,
        institution=account.institution,
        opening_balance=account.opening_balance,
    )
