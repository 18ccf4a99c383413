"""A person's accounts while Fi's are brought into them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from services.financial.application.fi.ports import FiUnitOfWork
from services.financial.application.open_account import account_opened
from services.financial.domain.account import MAX_NAME_LENGTH, Account, AccountType
from services.financial.domain.fi.banks import same_bank
from services.financial.domain.fi.snapshot import FiAccount
from services.financial.domain.fi.twins import left_out
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(slots=True)
class FiBooks:
    """The person's accounts, locked; those of Fi are found by Fi's id and made when there are none.

    `left_out` are those of which nothing is to be kept.
    """

    unit: FiUnitOfWork
    user_id: UserId
    own: dict[AccountId, Account] = field(default_factory=dict)
    opened: list[Account] = field(default_factory=list)
    left_out: frozenset[AccountId] = frozenset()

    @classmethod
    async def begin(cls, unit: FiUnitOfWork, user_id: UserId) -> FiBooks:
        """Lock the person's accounts."""
        own = {account.id: account for account in await unit.accounts.lock_all(user_id)}
        return cls(unit, user_id, own, left_out=left_out(await unit.twins.decided(user_id)))

    def linked(self, fi_id: str) -> Account | None:
        """The account with Fi's id."""
        return next((one for one in self.own.values() if one.fi_mcp_account_id == fi_id), None)

    def at_bank(self, bank: str) -> list[Account]:
        """The linked accounts at a bank that lines may belong to, in the order in which they were made."""
        kinds = (AccountType.SAVINGS, AccountType.CURRENT, AccountType.DEPOSIT)
        return sorted(
            (
                one
                for one in self.own.values()
                if one.fi_mcp_account_id and one.account_type in kinds and same_bank(bank, one.institution)
            ),
            key=lambda one: one.id,
        )

    async def have(self, reported: FiAccount) -> Account:
        """The account, opened with the reported balance when there is none."""
        return self.linked(reported.fi_id) or await self.open(
            reported.fi_id, reported.account_type, reported.name, reported.institution, reported.balance
        )

    async def open(self, fi_id: str, kind: AccountType, name: str, institution: str, balance: Money | None) -> Account:
        """A new account under a name that is free."""
        account = Account.open(
            user_id=self.user_id,
            account_type=kind,
            name=self._free_name(name or institution or "Fi account"),
            institution=institution,
            opening_balance=balance or Money.zero(),
        )
        account = replace(account, fi_mcp_account_id=fi_id)
        await self.unit.accounts.add(account)
        self.own[account.id] = account
        self.opened.append(account)
        self.unit.record(account_opened(account))
        return account

    async def hand_over(self, stand_in: Account, reported: FiAccount) -> None:
        """Have an account that stood in for the reported one be it from now on."""
        account = replace(
            stand_in,
            fi_mcp_account_id=reported.fi_id,
            account_type=reported.account_type,
            name=self._free_name(reported.name or stand_in.name),
            institution=reported.institution or stand_in.institution,
        )
        await self.unit.twins.rename(account)
        self.own[account.id] = account
        self.unit.record(account_opened(account))

    def _free_name(self, name: str) -> str:
        taken = {one.name.casefold() for one in self.own.values()}
        short = name[: MAX_NAME_LENGTH - 8].strip()
        names = [short, *(f"{short} ({number})" for number in range(2, len(taken) + 3))]
        return next(one for one in names if one.casefold() not in taken)
