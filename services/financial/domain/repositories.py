"""Ports through which commands read and change a person's records, inside one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.financial.domain.account import Account
from services.financial.domain.categorisation import RuleField
from services.financial.domain.category_rule import CategoryRule
from services.financial.domain.deduplication import KnownLine
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.ids import CategoryRuleId, ImportId
from services.financial.domain.period import Period
from services.financial.domain.records.opening import OpeningChange
from services.financial.domain.records.repositories import HistoryRepository, OwnCategoryRepository
from services.financial.domain.transaction import StatementImport, Transaction
from services.shared.application.unit_of_work import UnitOfWork
from services.shared.domain.ids import AccountId, TransactionId, UserId
from services.shared.domain.money import Money


class AccountRepository(Protocol):
    """Accounts."""

    async def add(self, account: Account) -> None:
        """Keep a new account, AccountNameTakenError when the person has one of that name."""
        ...

    async def get(self, user_id: UserId, account_id: AccountId) -> Account | None:
        """The account, None when it is not this person's."""
        ...

    async def lock_all(self, user_id: UserId) -> list[Account]:
        """All accounts of the person, theirs to change until the unit of work ends; other units wait."""
        ...

    async def add_movements(self, account_id: AccountId, total: Money, count: int, days: Period) -> None:
        """Bring the account's balance, count and days up to date with transactions that were added."""
        ...

    async def restate(self, account_id: AccountId, difference: Money) -> None:
        """Add to what the account held before its first transaction, and so to its balance."""
        ...

    async def keep_opening_change(self, change: OpeningChange) -> None:
        """Keep that a person changed what an account held before its first transaction."""
        ...

    async def standing(self, account_id: AccountId) -> tuple[Decimal, int, date | None]:
        """The account's balance, the number of its transactions, and the day of the first."""
        ...

    async def adjust(self, account_id: AccountId, total: Money, count: int) -> None:
        """Add to balance and count, either of which may be negative, and read the days from what is on record."""
        ...


class TransactionRepository(Protocol):
    """Transactions."""

    async def add_all(self, transactions: Sequence[Transaction], on_stored: Callable[[int], None]) -> None:
        """Keep new transactions; `on_stored` is told now and then how many are in."""
        ...

    async def get(self, user_id: UserId, transaction_id: TransactionId) -> Transaction | None:
        """The transaction, None when it is not this person's."""
        ...

    async def known_lines(self, account_id: AccountId, days: Period, currency: str) -> list[KnownLine]:
        """The identities of the account's transactions in these days."""
        ...

    async def sum_until(self, account_id: AccountId, day: date, currency: str) -> Money:
        """The sum of the account's transactions up to the end of that day."""
        ...

    async def mirrored(self, user_id: UserId, days: Period, tolerance_days: int) -> list[Transaction]:
        """Transactions in these days that may be legs of a transfer.

        Those for which another account of the person has the opposite amount in the same currency within the
        tolerance, and those that are in a pair already.
        """
        ...

    async def alike(self, user_id: UserId, days: int, within: Period | None = None) -> list[Transaction]:
        """Entries by hand with lines of statements on the same account, of the same amount, so many days apart.

        Of entries in these days only, unless `within` is None.
        """
        ...

    async def having_words(self, user_id: UserId, field: RuleField, words: Sequence[str]) -> list[Transaction]:
        """Transactions whose payee or narration contains every one of the words, in any letter case."""
        ...

    async def with_rule(self, user_id: UserId, rule_id: str) -> list[Transaction]:
        """Transactions whose category the rule chose."""
        ...

    async def save_categories(self, transactions: Sequence[Transaction]) -> None:
        """Keep category, its source and rule, and the pair of transactions on record."""
        ...

    async def add(self, transaction: Transaction) -> None:
        """Keep one new transaction, with its parts."""
        ...

    async def save(self, transactions: Sequence[Transaction]) -> None:
        """Keep everything that can change of transactions on record, their parts included."""
        ...

    async def delete(self, gone: Sequence[TransactionId]) -> None:
        """Forget these transactions."""
        ...

    async def claim_occurrence(self, account_id: AccountId, key: bytes) -> int:
        """The occurrence number for one more line with this fingerprint; a retired one of it is live again."""
        ...

    async def retire(self, lines: Sequence[Transaction]) -> None:
        """Keep the identities of lines that are no more: `known_lines` still has them, and no file brings them back."""
        ...

    async def unretire(self, account_id: AccountId) -> None:
        """Forget the identities of the account's lines that are no more."""
        ...

    async def move(self, lines: Sequence[Transaction], account_id: AccountId) -> None:
        """Put transactions on another account of the person, after the equal lines that it has."""
        ...

    async def matching(self, wanted: TransactionFilter, limit: int) -> list[Transaction]:
        """At most `limit` transactions that fulfil the conditions, oldest first."""
        ...


class ImportRepository(Protocol):
    """Records of imported files."""

    async def add(self, record: StatementImport) -> None:
        """Keep the record of a file."""
        ...

    async def formats(self, account_id: AccountId) -> Mapping[ImportId, str]:
        """In which format each import of the account came."""
        ...


class CategoryRuleRepository(Protocol):
    """A person's own category rules."""

    async def add(self, rule: CategoryRule) -> None:
        """Keep a new rule, CategoryRuleExistsError when the person has one with the same conditions."""
        ...

    async def get(self, user_id: UserId, rule_id: CategoryRuleId) -> CategoryRule | None:
        """The rule, None when it is not this person's."""
        ...

    async def list(self, user_id: UserId) -> list[CategoryRule]:
        """The person's rules, newest first."""
        ...

    async def delete(self, rule_id: CategoryRuleId) -> None:
        """Forget the rule."""
        ...


class FinancialUnitOfWork(UnitOfWork, Protocol):
    """One transaction over this context's repositories."""

    accounts: AccountRepository
    transactions: TransactionRepository
    imports: ImportRepository
    category_rules: CategoryRuleRepository
    own_categories: OwnCategoryRepository
    history: HistoryRepository


UnitOfWorkFactory = Callable[[], FinancialUnitOfWork]
