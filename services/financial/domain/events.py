"""What happens in the financial context, told to whoever listens on the topic `financial`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.financial.domain.account import AccountType
from services.financial.domain.category import Category
from services.financial.domain.ids import CategoryRuleId, ImportId
from services.financial.domain.transaction import Transaction
from services.shared.domain.events import DomainEvent, Json
from services.shared.domain.ids import AccountId, TransactionId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancialEvent(DomainEvent):
    """Base of this context's events."""

    topic: ClassVar[str] = "financial"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(FinancialEvent):
    """A person recorded an account."""

    account_id: AccountId
    account_type: AccountType
    account_name: str
    institution: str
    opening_balance: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceReported(FinancialEvent):
    """An account without transactions has another balance than before: whoever keeps the account says so."""

    account_id: AccountId
    balance: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalanceChanged(FinancialEvent):
    """A person said what an account held before its first transaction; its balance differs by as much."""

    account_id: AccountId
    previous: Money
    opening_balance: Money
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsMerged(FinancialEvent):
    """A person said that two accounts are one: `account_id` is no more, what it had is on `into_account_id`."""

    account_id: AccountId
    into_account_id: AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementImported(FinancialEvent):
    """A file was imported into an account; `first_day` and `last_day` span its lines, None when it had none."""

    account_id: AccountId
    import_id: ImportId
    format: str
    imported: int
    duplicates: int
    rejected: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionsRecorded(FinancialEvent):
    """Transactions as they stand now: new ones, and ones that mean something else than before.

    A large import is told in several of these. What only the bank wrote (narration, reference) is not told.
    """

    transactions: tuple[Transaction, ...]

    def payload(self) -> dict[str, Json]:
        """The transactions' outlines: an import tells a hundred thousand, so this is made without reflection."""
        return {"transactions": [_outline(transaction) for transaction in self.transactions]}


def _outline(transaction: Transaction) -> dict[str, Json]:
    pair = transaction.transfer_pair_id
    return {
        "id": str(transaction.id),
        "account_id": str(transaction.account_id),
        "amount": str(transaction.amount),
        "currency": transaction.amount.currency,
        "booked_on": transaction.booked_on.isoformat(),
        "category": transaction.category.value,
        "payee": transaction.payee,
        "transfer_pair_id": None if pair is None else str(pair),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionRecategorised(FinancialEvent):
    """A person said what a transaction was for."""

    transaction_id: TransactionId
    previous: Category
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRuleAdded(FinancialEvent):
    """A person made a rule of their own; `recategorised` transactions on record took its category at once."""

    rule_id: CategoryRuleId
    category: Category
    recategorised: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionChanged(FinancialEvent):
    """A person added, edited, split, tagged, deleted or restored a transaction; `version` is that of its history."""

    transaction_id: TransactionId
    account_id: AccountId
    change: str
    actor: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionsRecategorised(FinancialEvent):
    """A person said at once what many transactions were for."""

    category: Category
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionsDeleted(FinancialEvent):
    """A person took away transactions that were entered by hand."""

    transaction_ids: tuple[TransactionId, ...]
