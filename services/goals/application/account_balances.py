"""The port to the accounts that goals may be linked to: they belong to another context."""

from collections.abc import Mapping
from typing import Protocol

from services.goals.domain.savings import AccountBalance
from services.shared.domain.ids import AccountId, UserId


class AccountBalances(Protocol):
    """What lies on a person's accounts now."""

    async def of(self, user_id: UserId) -> Mapping[AccountId, AccountBalance]:
        """All accounts of the person, by id."""
        ...


class NoAccounts:
    """`AccountBalances` where no context keeps accounts: there are none."""

    async def of(self, user_id: UserId) -> Mapping[AccountId, AccountBalance]:
        """Nothing."""
        return {}
