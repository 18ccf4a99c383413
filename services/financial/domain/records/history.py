"""The history of a transaction: who changed what when, and how it was before."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum

from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.own_category import OwnCategory, OwnCategoryRef
from services.financial.domain.records.parts import Part
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.ids import AccountId, TransactionId, UserId
from services.shared.domain.money import Money


class Actor(StrEnum):
    """Who did it: the person, or the assistant after the person approved."""

    PERSON = "person"
    ASSISTANT = "assistant"


class Change(StrEnum):
    """What was done."""

    ADDED = "added"
    EDITED = "edited"
    RECATEGORISED = "recategorised"
    SPLIT = "split"
    TAGGED = "tagged"
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionState:
    """All of a transaction that can change."""

    account_id: AccountId
    booked_on: date
    amount: Money
    narration: str
    payee: str
    reference: str
    category: Category
    category_source: CategorySource
    rule_id: str
    own_category: OwnCategoryRef | None
    note: str
    tags: tuple[str, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, transaction: Transaction) -> TransactionState:
        """How the transaction is now."""
        return cls(**{field.name: getattr(transaction, field.name) for field in fields(cls)})

    def applied_to(self, transaction: Transaction) -> Transaction:
        """The transaction in this state; only a leg of a transfer stays in its pair."""
        pair = transaction.transfer_pair_id if self.category is Category.TRANSFER else None
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(transaction, **own, transfer_pair_id=pair)

    def with_known(self, known: dict[OwnCategoryId, OwnCategory]) -> TransactionState:
        """The state with the own categories as they are now; what those held that are gone stays under the parent."""
        category, own = _as_now(self.category, self.own_category, known)
        parts = []
        for part in self.parts:
            part_category, part_own = _as_now(part.category, part.own_category, known)
            parts.append(replace(part, category=part_category, own_category=part_own))
        return replace(self, category=category, own_category=own, parts=tuple(parts))


def _as_now(
    category: Category, ref: OwnCategoryRef | None, known: dict[OwnCategoryId, OwnCategory]
) -> tuple[Category, OwnCategoryRef | None]:
    own = known.get(ref.id) if ref else None
    return (category, None) if own is None else (own.parent, own.ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionVersion:
    """One change of one transaction.

    Versions count from 1. `before` is None when the change made the transaction, `after` when it deleted it.
    """

    transaction_id: TransactionId
    user_id: UserId
    version: int
    change: Change
    actor: Actor
    changed_at: datetime
    before: TransactionState | None
    after: TransactionState | None


def state_at(versions: list[TransactionVersion], version: int) -> TransactionState | None:
    """The state after that version, before the first one for 0; None where there was no transaction or no version."""
    if version == 0:
        return versions[0].before if versions else None
    return next((one.after for one in versions if one.version == version), None)
