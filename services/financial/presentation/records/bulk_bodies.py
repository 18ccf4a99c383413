"""Bodies that say which transactions are meant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from services.financial.application.transaction_views import require_searchable
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.records.labels import MAX_TAG, clean_tag
from services.financial.presentation.records.bodies import own_id
from services.shared.domain.ids import AccountId, UserId


def _written(value: object) -> object:
    if isinstance(value, str):
        return value.replace(",", "").strip()
    raise ValueError("write the amount as a decimal string such as '1234.50'")


Size = Annotated[
    Decimal,
    BeforeValidator(_written, json_schema_input_type=str),
    Field(ge=0, max_digits=18, decimal_places=4, examples=["100.00"]),
]


class MatchingBody(BaseModel):
    """Which transactions: every condition given has to hold."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    category: Category | None = None
    own_category_id: UUID | None = None
    payee: str | None = Field(default=None, max_length=100, description="Part of the payee's name.")
    text: str | None = Field(default=None, max_length=100, description="Found in payee, narration or note.")
    account_id: UUID | None = None
    direction: Direction | None = None
    min_amount: Size | None = None
    max_amount: Size | None = None
    tag: str | None = Field(default=None, max_length=MAX_TAG)

    def to_filter(self, user_id: UserId) -> TransactionFilter:
        """The person's transactions that are meant."""
        own = own_id(self.own_category_id)
        return TransactionFilter(
            user_id=user_id,
            start=self.from_,
            end=self.to,
            categories=None if self.category is None else frozenset({self.category}),
            own_category_ids=None if own is None else frozenset({own}),
            payee=require_searchable("payee", self.payee),
            text=require_searchable("text", self.text),
            account_id=AccountId(self.account_id) if self.account_id else None,
            direction=self.direction,
            min_amount=self.min_amount,
            max_amount=self.max_amount,
            tags=None if self.tag is None else frozenset({clean_tag(self.tag)}),
        )


class RecategoriseAllBody(BaseModel):
    """Which transactions, and the category for all of them, built-in or your own."""

    model_config = ConfigDict(extra="forbid")

    matching: MatchingBody = Field(examples=[{"payee": "Sharma", "from": "2026-04-01"}])
    category: Category | None = Field(default=None, examples=["groceries"])
    own_category_id: UUID | None = None
