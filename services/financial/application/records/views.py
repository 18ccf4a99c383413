"""What the queries over records answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.financial.application.views import TransactionPartView
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.shared.domain.ids import TransactionId


@dataclass(frozen=True, slots=True)
class OwnCategoryView:
    """A person's own category and the built-in one that it counts under."""

    category_id: OwnCategoryId
    name: str
    parent: Category


@dataclass(frozen=True, slots=True)
class BuiltInCategoryView:
    """A built-in category; `kind` is income, spending or transfer."""

    name: Category
    kind: str


@dataclass(frozen=True, slots=True)
class CategoriesView:
    """All categories that a transaction of the person can have."""

    built_in: tuple[BuiltInCategoryView, ...]
    own: tuple[OwnCategoryView, ...]


@dataclass(frozen=True, slots=True)
class StateView:
    """How a transaction was."""

    date: date
    amount: Decimal
    currency: str
    narration: str
    payee: str
    reference: str
    category: Category
    category_source: str
    own_category: str | None
    note: str
    tags: tuple[str, ...]
    parts: tuple[TransactionPartView, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """One change: what, by whom, when, and how it was before and after; None where there was no transaction."""

    version: int
    change: str
    actor: str
    changed_at: datetime
    before: StateView | None
    after: StateView | None


@dataclass(frozen=True, slots=True)
class HistoryView:
    """All changes of a transaction, oldest first; none when it is as it was recorded."""

    transaction_id: TransactionId
    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class BulkView:
    """What a bulk change did, or would do when `dry_run`.

    `matching` transactions fulfil the conditions; `changed` of them had another category, the rest had it already.
    `total_debit` and `total_credit` are of those that changed, by currency of the account.
    """

    dry_run: bool
    matching: int
    changed: int
    category: Category
    own_category: str | None
    totals: tuple[BulkTotalView, ...]


@dataclass(frozen=True, slots=True)
class BulkTotalView:
    """Of one currency: how many, and what went out and came in, neither negative."""

    currency: str
    count: int
    total_debit: Decimal
    total_credit: Decimal
