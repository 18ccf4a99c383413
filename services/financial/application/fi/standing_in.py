"""Accounts that stand in for those of which Fi has not told yet: of a bank's lines, of a total, of trades alone.

Once Fi tells of the account itself, its stand-in becomes it; once it tells of the parts of a total, the total goes.
Otherwise the same money would count twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from services.financial.application.fi.books import FiBooks
from services.financial.domain.account import Account, AccountType
from services.financial.domain.events import BalanceReported
from services.financial.domain.fi.banks import same_bank
from services.financial.domain.fi.snapshot import OF_BANK, OF_TOTAL, SECURITIES, FiAccount, FiSnapshot, FiSource, Flag
from services.shared.domain.money import Money

_EVERYDAY: Final = frozenset({AccountType.SAVINGS, AccountType.CURRENT})


@dataclass(slots=True)
class StandIns:
    """The stand-ins of one person, settled with what Fi tells now."""

    books: FiBooks
    snapshot: FiSnapshot

    async def settle(self) -> None:
        """Hand stand-ins over, and take totals away that would count what other accounts count."""
        await self._hand_over()
        self._drop_totals()
        if FiSource.NET_WORTH not in self.snapshot.empty:
            await self._retire_totals()

    async def _hand_over(self) -> None:
        told = {one.fi_id for one in self.snapshot.accounts}
        free = [one for one in self._linked() if _stands_in(one) and one.fi_mcp_account_id not in told]
        new = [one for one in self.snapshot.accounts if not self.books.linked(one.fi_id)]
        for certain in (True, False):
            for reported in list(new):
                found = await self._stand_in_of(reported, free, new, certain=certain)
                if found:
                    free.remove(found)
                    new.remove(reported)
                    await self.books.hand_over(found, reported)

    async def _stand_in_of(
        self, reported: FiAccount, free: Iterable[Account], new: Iterable[FiAccount], *, certain: bool
    ) -> Account | None:
        """Lines of a bank before a total: of these the balance tells, then the only one left is the one."""
        fitting = [one for one in free if _may_be(one, reported)]
        of_bank = [one for one in fitting if _is_of_bank(one)]
        if not of_bank:
            return fitting[0] if fitting else None
        if certain:
            of_bank = [one for one in of_bank if await self._balance(one) == reported.balance]
        elif sum(_may_be(one, other) for one in of_bank for other in new) > 1:
            return None
        return of_bank[0] if len(of_bank) == 1 else None

    async def _balance(self, account: Account) -> Money:
        return Money((await self.books.unit.accounts.standing(account.id))[0], account.currency)

    def _drop_totals(self) -> None:
        """A total is not kept beside accounts that it is the total of."""
        kinds = {one.account_type for one in self._linked() if not _is_total(one.fi_mcp_account_id)}
        if self.snapshot.streams or kinds & _EVERYDAY:
            kinds |= _EVERYDAY
        for one in list(self.snapshot.accounts):
            if _is_total(one.fi_id) and one.account_type in kinds:
                self.snapshot.accounts.remove(one)
                reason = f"{one.name}: the total {one.balance} was left out, for accounts of its kind are on record"
                self.snapshot.flags.append(Flag(FiSource.NET_WORTH, reason))

    async def _retire_totals(self) -> None:
        """Once: what is at nothing has been retired, and what is kept on it since then stays."""
        told = {one.fi_id for one in self.snapshot.accounts}
        for account in self._linked():
            if not _is_total(account.fi_mcp_account_id) or account.fi_mcp_account_id in told:
                continue
            balance, zero = await self._balance(account), Money.zero(account.currency)
            if balance != zero:
                await self.books.unit.accounts.restate(account.id, -balance)
                await self.books.unit.twins.forget_holdings(account.id)
                self.books.unit.record(BalanceReported(user_id=self.books.user_id, account_id=account.id, balance=zero))

    def _linked(self) -> list[Account]:
        return sorted((one for one in self.books.own.values() if one.fi_mcp_account_id), key=lambda one: one.id)


def _stands_in(account: Account) -> bool:
    return _is_of_bank(account) or _is_total(account.fi_mcp_account_id) or account.fi_mcp_account_id == SECURITIES


def _is_of_bank(account: Account) -> bool:
    return (account.fi_mcp_account_id or "").startswith(OF_BANK)


def _is_total(fi_id: str | None) -> bool:
    return (fi_id or "").startswith(OF_TOTAL)


def _may_be(stand_in: Account, reported: FiAccount) -> bool:
    if _is_of_bank(stand_in):
        return reported.account_type in _EVERYDAY and same_bank(stand_in.institution, reported.institution)
    return stand_in.account_type is reported.account_type
