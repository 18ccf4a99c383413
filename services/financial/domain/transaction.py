"""Transactions: what a bank wrote on an account's statement, and what it means."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.categorisation.user_rule import direction_of
from services.financial.domain.category import Category
from services.financial.domain.ids import ImportId
from services.financial.domain.records.own_category import OwnCategoryRef
from services.financial.domain.records.parts import Part
from services.shared.domain.ids import AccountId, TransactionId, UserId
from services.shared.domain.money import Money

_SPACE = re.compile(r"\s+")


class CategorySource(StrEnum):
    """Who said what category a transaction has; `user` is never overruled."""

    RULE = "rule"
    USER_RULE = "user_rule"
    USER = "user"
    PAIRING = "pairing"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One line of an account's statement, or what the person entered by hand.

    `amount` is signed: negative is money out of the account, on a card a purchase. `fingerprint` and `occurrence`
    identify the line across files (see `deduplication`). `line_no` is its line in the file it came from; `import_id` is
    None for what was entered by hand. `rule_id` names the rule that chose the category, when one did.
    `transfer_pair_id` is the other leg, on another account of the same person. `own_category` lies under `category`.
    `parts` are what it was for when it was split: they add up to `amount`, and `category` is that of the largest.
    """

    id: TransactionId
    user_id: UserId
    account_id: AccountId
    booked_on: date
    amount: Money
    narration: str
    payee: str
    category: Category
    category_source: CategorySource
    rule_id: str
    reference: str
    balance_after: Money | None
    fingerprint: bytes
    occurrence: int
    import_id: ImportId | None
    line_no: int
    created_at: datetime
    transfer_pair_id: TransactionId | None = None
    own_category: OwnCategoryRef | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def is_manual(self) -> bool:
        """Whether the person entered it by hand."""
        return self.import_id is None

    @property
    def direction(self) -> Direction:
        """Out of the account or into it."""
        return direction_of(self.amount)

    def recategorised(
        self,
        category: Category,
        source: CategorySource,
        rule_id: str = "",
        own_category: OwnCategoryRef | None = None,
        parts: tuple[Part, ...] = (),
    ) -> Transaction:
        """The same line with another meaning; a line that is no transfer any more leaves its pair."""
        return replace(
            self,
            category=category,
            category_source=source,
            rule_id=rule_id,
            transfer_pair_id=self.transfer_pair_id if category is Category.TRANSFER else None,
            own_category=own_category,
            parts=parts,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementImport:
    """The record of one file that was imported: what it was and what came of it."""

    id: ImportId
    user_id: UserId
    account_id: AccountId
    filename: str
    format: str
    content_sha256: bytes
    imported: int
    duplicates: int
    rejected: int
    created_at: datetime


def normalise_narration(narration: str) -> str:
    """A narration without what banks change between two exports of one line: letter case and white space."""
    return _SPACE.sub(" ", narration).strip().casefold()


def normalise_reference(reference: str) -> str:
    """A reference as an identifier; blanks and all zeros, which banks print for none, are no reference."""
    text = _SPACE.sub("", reference).casefold()
    return text if text.strip("0-") else ""


def fingerprint(booked_on: date, amount: Money, narration: str, reference: str) -> bytes:
    """SHA-256 of what identifies a statement line within its account.

    The running balance takes no part: banks reorder the lines of one day between exports, which changes it.
    """
    parts = (
        booked_on.isoformat(),
        str(amount),
        amount.currency,
        normalise_narration(narration),
        normalise_reference(reference),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).digest()
