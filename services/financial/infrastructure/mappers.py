"""Rows to entities and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Select, select

from services.financial.domain.account import Account, AccountType
from services.financial.domain.categorisation import RuleField, RuleMatch, UserRule
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.category_rule import CategoryRule
from services.financial.domain.transaction import CategorySource, Transaction
from services.financial.infrastructure.records.part_rows import parts_column, to_parts, to_ref
from services.financial.infrastructure.records.tables import own_categories
from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.money import Money

Values = Mapping[str, Any]

# Columns of a transaction in the order of `transaction_record`.
TRANSACTION_COLUMNS = (
    "id",
    "user_id",
    "account_id",
    "amount",
    "category",
    "booked_on",
    "narration",
    "payee",
    "reference",
    "balance_after",
    "fingerprint",
    "occurrence",
    "import_id",
    "line_no",
    "category_source",
    "rule_id",
    "transfer_pair_id",
    "created_at",
    "own_category_id",
    "note",
    "tags",
    "is_split",
)


def select_transactions() -> Select[Any]:
    """Transactions with their account's currency, own category and parts, as `to_transaction` reads them."""
    columns = [transactions.c[name] for name in TRANSACTION_COLUMNS]
    own = own_categories.c
    return (
        select(*columns, accounts.c.currency, own.name.label("own_category_name"), parts_column())
        .join(accounts, accounts.c.id == transactions.c.account_id)
        .outerjoin(own_categories, own.id == transactions.c.own_category_id)
    )


def to_transaction(row: RowMapping) -> Transaction:
    """The entity in a row of `select_transactions`."""
    values = dict(row)
    currency = values.pop("currency")
    balance = values.pop("balance_after")
    own_id, own_name = values.pop("own_category_id"), values.pop("own_category_name")
    del values["is_split"]
    return Transaction(
        **values
        | {
            "amount": Money(values["amount"], currency),
            "balance_after": None if balance is None else Money(balance, currency),
            "category": Category(values["category"]),
            "category_source": CategorySource(values["category_source"]),
            "own_category": to_ref(own_id, own_name),
            "tags": tuple(values["tags"]),
            "parts": to_parts(values["parts"], currency),
        }
    )


def transaction_record(transaction: Transaction) -> tuple[object, ...]:
    """The values of `TRANSACTION_COLUMNS`."""
    balance = transaction.balance_after
    return (
        transaction.id,
        transaction.user_id,
        transaction.account_id,
        transaction.amount.amount,
        transaction.category.value,
        transaction.booked_on,
        transaction.narration,
        transaction.payee,
        transaction.reference,
        None if balance is None else balance.amount,
        transaction.fingerprint,
        transaction.occurrence,
        transaction.import_id,
        transaction.line_no,
        transaction.category_source.value,
        transaction.rule_id,
        transaction.transfer_pair_id,
        transaction.created_at,
        transaction.own_category.id if transaction.own_category else None,
        transaction.note,
        list(transaction.tags),
        bool(transaction.parts),
    )


def to_account(row: RowMapping) -> Account:
    """The entity in a row of `accounts`."""
    return Account(
        id=row["id"],
        user_id=row["user_id"],
        account_type=AccountType(row["account_type"]),
        name=row["name"],
        institution=row["institution"],
        opening_balance=Money(row["opening_balance"], row["currency"]),
        created_at=row["created_at"],
        fi_mcp_account_id=row["fi_mcp_account_id"],
    )


def account_values(account: Account) -> Values:
    """The row of a new account; its balance is the opening one."""
    return {
        "id": account.id,
        "user_id": account.user_id,
        "account_type": account.account_type.value,
        "name": account.name,
        "institution": account.institution,
        "currency": account.currency,
        "opening_balance": account.opening_balance.amount,
        "current_balance": account.opening_balance.amount,
        "fi_mcp_account_id": account.fi_mcp_account_id,
        "created_at": account.created_at,
    }


def to_category_rule(row: RowMapping) -> CategoryRule:
    """The entity in a row of `category_rules`."""
    smallest, largest, currency = row["min_amount"], row["max_amount"], row["currency"]
    rule = UserRule(
        id=str(row["id"]),
        field=RuleField(row["field"]),
        match=RuleMatch(row["match"]),
        pattern=row["pattern"],
        category=Category(row["category"]),
        min_amount=None if smallest is None else Money(smallest, currency),
        max_amount=None if largest is None else Money(largest, currency),
        direction=None if row["direction"] is None else Direction(row["direction"]),
        own_category=to_ref(row["own_category_id"], row["own_category_name"]),
    )
    return CategoryRule(id=row["id"], user_id=row["user_id"], rule=rule, created_at=row["created_at"])


def category_rule_values(record: CategoryRule) -> Values:
    """The row of a new rule; the currency is that of its limits."""
    rule = record.rule
    limit = rule.min_amount or rule.max_amount
    return {
        "id": record.id,
        "user_id": record.user_id,
        "field": rule.field.value,
        "match": rule.match.value,
        "pattern": rule.pattern,
        "category": rule.category.value,
        "min_amount": None if rule.min_amount is None else rule.min_amount.amount,
        "max_amount": None if rule.max_amount is None else rule.max_amount.amount,
        "currency": None if limit is None else limit.currency,
        "direction": None if rule.direction is None else rule.direction.value,
        "own_category_id": rule.own_category.id if rule.own_category else None,
        "created_at": record.created_at,
    }
