"""How a change of transactions is kept: rows, history, the other leg of a transfer, and the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.financial.application.meaning import own_categoriser, recategorise
from services.financial.domain.account import Account
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import (
    AccountNotFoundError,
    OwnCategoryNotFoundError,
    TransactionNotFoundError,
)
from services.financial.domain.events import TransactionChanged
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.history import Actor, Change, TransactionState, TransactionVersion
from services.financial.domain.records.own_category import OwnCategory
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.domain.transaction import Transaction
from services.shared.domain.ids import AccountId, TransactionId, UserId


@dataclass(frozen=True, slots=True)
class Changing:
    """One person's records, locked, while one of them changes."""

    unit: FinancialUnitOfWork
    user_id: UserId
    accounts: dict[AccountId, Account]
    rules: RuleSet
    actor: Actor
    now: datetime

    @classmethod
    async def begin(
        cls, unit: FinancialUnitOfWork, user_id: UserId, rules: RuleSet, actor: Actor, now: datetime
    ) -> Changing:
        """Lock the person's accounts: changes of one person wait for each other."""
        accounts = {account.id: account for account in await unit.accounts.lock_all(user_id)}
        return cls(unit, user_id, accounts, rules, actor, now)

    async def transaction(self, transaction_id: TransactionId) -> Transaction:
        """The transaction, TransactionNotFoundError when it is not this person's."""
        found = await self.unit.transactions.get(self.user_id, transaction_id)
        if found is None:
            raise TransactionNotFoundError
        return found

    def account(self, account_id: AccountId) -> Account:
        """The account, AccountNotFoundError when it is not this person's."""
        account = self.accounts.get(account_id)
        if account is None:
            raise AccountNotFoundError
        return account

    async def own_category(self, category_id: OwnCategoryId) -> OwnCategory:
        """The category, OwnCategoryNotFoundError when it is not this person's."""
        category = await self.unit.own_categories.get(self.user_id, category_id)
        if category is None:
            raise OwnCategoryNotFoundError
        return category

    async def keep(self, before: Transaction, after: Transaction, change: Change) -> None:
        """Keep a changed transaction; nothing when nothing has changed."""
        if after == before:
            return
        await self.unit.transactions.save([after, *await self._other_legs([(before, after)])])
        version = (await self.versions([(before, after)], change))[0]
        self.unit.record(self.event(after, change, version.version))

    async def keep_all(self, pairs: Sequence[tuple[Transaction, Transaction]], change: Change) -> None:
        """Keep many changed transactions, without an event of each."""
        await self.unit.transactions.save([*(after for _, after in pairs), *await self._other_legs(pairs)])
        await self.versions(pairs, change)

    async def versions(
        self, pairs: Sequence[tuple[Transaction | None, Transaction | None]], change: Change
    ) -> list[TransactionVersion]:
        """Add to the history how transactions were and are; None where there is none."""
        some = [after or before for before, after in pairs]
        latest = await self.unit.history.latest([one.id for one in some if one])
        versions = [
            TransactionVersion(
                transaction_id=one.id,
                user_id=self.user_id,
                version=latest.get(one.id, 0) + 1,
                change=change,
                actor=self.actor,
                changed_at=self.now,
                before=None if before is None else TransactionState.of(before),
                after=None if after is None else TransactionState.of(after),
            )
            for one, (before, after) in zip(some, pairs, strict=True)
            if one
        ]
        await self.unit.history.add(versions)
        return versions

    def event(self, transaction: Transaction, change: Change, version: int) -> TransactionChanged:
        """What others are told of a change."""
        return TransactionChanged(
            user_id=self.user_id,
            transaction_id=transaction.id,
            account_id=transaction.account_id,
            change=change.value,
            actor=self.actor.value,
            version=version,
        )

    async def _other_legs(self, pairs: Sequence[tuple[Transaction, Transaction]]) -> list[Transaction]:
        """The other legs of transfers that are none any more, as the rules see them by themselves."""
        return await self.released(
            [before for before, after in pairs if before.transfer_pair_id and not after.transfer_pair_id],
            besides={after.id for _, after in pairs},
        )

    async def released(self, legs: Sequence[Transaction], besides: set[TransactionId]) -> list[Transaction]:
        """The other legs of these, out of their pairs, unless they are among those that change themselves."""
        if not legs:
            return []
        categoriser = await own_categoriser(self.unit, self.user_id, self.rules)
        result = []
        for leg in legs:
            other_id = leg.transfer_pair_id
            if other_id is None or other_id in besides:
                continue
            other = await self.unit.transactions.get(self.user_id, other_id)
            if other is not None:
                result.append(recategorise(other, categoriser, self.accounts[other.account_id]))
        return result
