"""Response bodies of the routes over records; see the views for what each field means."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import AliasChoices, Field

from services.financial.domain.category import Category
from services.financial.presentation.responses import Exact, TransactionPartResponse, ViewResponse


class OwnCategoryResponse(ViewResponse):
    """A category of your own, and the built-in one that it counts under."""

    id: UUID = Field(validation_alias=AliasChoices("category_id", "id"))
    name: str
    parent: Category


class BuiltInCategoryResponse(ViewResponse):
    """A built-in category; `kind` is income, spending or transfer."""

    name: Category
    kind: str = Field(examples=["spending"])


class CategoriesResponse(ViewResponse):
    """All categories that a transaction can have."""

    built_in: list[BuiltInCategoryResponse]
    own: list[OwnCategoryResponse]


class StateResponse(ViewResponse):
    """How a transaction was."""

    date: date
    amount: Exact
    currency: str
    narration: str
    payee: str
    reference: str
    category: Category
    category_source: str
    own_category: str | None
    note: str
    tags: list[str]
    parts: list[TransactionPartResponse]


class VersionResponse(ViewResponse):
    """One change; `before` is null when it made the transaction, `after` when it deleted it."""

    version: int
    change: str = Field(examples=["recategorised"])
    actor: str = Field(examples=["person"])
    changed_at: datetime
    before: StateResponse | None
    after: StateResponse | None


class HistoryResponse(ViewResponse):
    """All changes, oldest first."""

    transaction_id: UUID
    versions: list[VersionResponse]


class BulkTotalResponse(ViewResponse):
    """Of one currency: how many, and what went out and came in."""

    currency: str
    count: int
    total_debit: Exact
    total_credit: Exact


class BulkResponse(ViewResponse):
    """How many transactions match, how many of them changed (or would, when `dry_run`), and what they come to."""

    dry_run: bool
    matching: int
    changed: int
    category: Category
    own_category: str | None
    totals: list[BulkTotalResponse]
