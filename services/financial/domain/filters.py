"""Which transactions are meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.parts import Part
from services.financial.domain.transaction import Transaction
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId


class Sort(StrEnum):
    """The order of a page of transactions; `largest` looks at the size of the amount, whatever its sign."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"


class Grouping(StrEnum):
    """What figures are broken down by; `own_category` is the person's own category, else the built-in one."""

    CATEGORY = "category"
    PAYEE = "payee"
    MONTH = "month"
    ACCOUNT = "account"
    OWN_CATEGORY = "own_category"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionFilter:
    """One person's transactions that fulfil every condition given; None asks for nothing.

    `payee` is found in the payee, `text` in the payee, the narration or the note: anywhere in it, in any letter case.
    `min_amount` and `max_amount` bound the size of the amount, whatever its sign. `currency` is the account's. A split
    transaction has the categories of its parts. It must have all of `tags`.
    """

    user_id: UserId
    start: date | None = None
    end: date | None = None
    categories: frozenset[Category] | None = None
    payee: str | None = None
    account_id: AccountId | None = None
    direction: Direction | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    text: str | None = None
    currency: str | None = None
    own_category_ids: frozenset[OwnCategoryId] | None = None
    tags: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise InvalidInputError(
                f"'from' ({self.start}) must not be after 'to' ({self.end}).", extra={"field": "from"}
            )

    def matches(self, transaction: Transaction) -> bool:
        """Whether it is one of those that are meant."""
        size = abs(transaction.amount.amount)
        return all(
            (
                transaction.user_id == self.user_id,
                self.start is None or transaction.booked_on >= self.start,
                self.end is None or transaction.booked_on <= self.end,
                any(self._has_category(entry) for entry in transaction.parts or (transaction,)),
                self.tags is None or self.tags <= set(transaction.tags),
                _contains(self.payee, transaction.payee),
                self.account_id is None or transaction.account_id == self.account_id,
                self.direction is None or transaction.direction is self.direction,
                self.min_amount is None or size >= self.min_amount,
                self.max_amount is None or size <= self.max_amount,
                _contains(self.text, transaction.payee, transaction.narration, transaction.note),
                self.currency is None or transaction.amount.currency == self.currency,
            )
        )

    def _has_category(self, entry: Transaction | Part) -> bool:
        own = entry.own_category
        return (self.categories is None or entry.category in self.categories) and (
            self.own_category_ids is None or (own is not None and own.id in self.own_category_ids)
        )


def _contains(wanted: str | None, *texts: str) -> bool:
    return wanted is None or any(wanted.lower() in text.lower() for text in texts)
