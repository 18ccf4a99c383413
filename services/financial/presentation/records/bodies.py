"""Request bodies of the routes over records. Amounts are decimal strings."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from services.financial.application.records.add_transaction import AddTransactionRequest
from services.financial.application.records.edit_transaction import EditTransactionRequest
from services.financial.application.records.split_transaction import SplitTransactionRequest, WantedPart
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.labels import MAX_NOTE, MAX_TAG, MAX_TAGS
from services.financial.domain.records.manual_entry import MAX_LINE
from services.financial.domain.records.own_category import MAX_CATEGORY_NAME
from services.financial.domain.records.parts import MAX_PARTS
from services.shared.domain.ids import AccountId, TransactionId, UserId
from services.shared.domain.money import Money


def _written(value: object) -> object:
    """A number of JSON may have lost digits on its way: amounts come as strings."""
    if isinstance(value, str):
        return value.replace(",", "").strip()
    raise ValueError("write the amount as a decimal string such as '-1234.50'")


SignedAmount = Annotated[
    Decimal,
    BeforeValidator(_written, json_schema_input_type=str),
    Field(
        max_digits=18, decimal_places=4, description="A decimal string; negative is money out.", examples=["-649.00"]
    ),
]
Tags = Annotated[list[Annotated[str, Field(max_length=MAX_TAG)]], Field(max_length=MAX_TAGS)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddTransactionBody(_Body):
    """What happened."""

    account_id: UUID
    date: datetime.date
    amount: SignedAmount
    description: str = Field(min_length=1, max_length=MAX_LINE, examples=["Vegetables at the market"])
    payee: str = Field(default="", max_length=MAX_LINE, description="Told by the description when it is empty.")
    reference: str = Field(default="", max_length=MAX_LINE)
    category: Category | None = Field(default=None, description="Told by your rules when it is not given.")
    own_category_id: UUID | None = None
    note: str = Field(default="", max_length=MAX_NOTE)
    tags: Tags = Field(default_factory=list, examples=[["goa trip"]])

    def to_request(self, user_id: UserId) -> AddTransactionRequest:
        """The command's request."""
        return AddTransactionRequest(
            user_id=user_id,
            account_id=AccountId(self.account_id),
            booked_on=self.date,
            amount=Money(self.amount),
            description=self.description,
            payee=self.payee,
            reference=self.reference,
            category=self.category,
            own_category_id=own_id(self.own_category_id),
            note=self.note,
            tags=tuple(self.tags),
        )


class EditTransactionBody(_Body):
    """What to change; what is not given stays. Date, amount, description and reference only of entries by hand."""

    category: Category | None = None
    own_category_id: UUID | None = None
    payee: str | None = Field(default=None, min_length=1, max_length=MAX_LINE)
    note: str | None = Field(default=None, max_length=MAX_NOTE, description="Empty takes it away.")
    tags: Tags | None = Field(default=None, description="In place of those there are.")
    add_tags: Tags = Field(default_factory=list)
    remove_tags: Tags = Field(default_factory=list)
    date: datetime.date | None = None
    amount: SignedAmount | None = None
    description: str | None = Field(default=None, min_length=1, max_length=MAX_LINE)
    reference: str | None = Field(default=None, max_length=MAX_LINE)

    def to_request(self, user_id: UserId, transaction_id: UUID) -> EditTransactionRequest:
        """The command's request."""
        return EditTransactionRequest(
            user_id=user_id,
            transaction_id=TransactionId(transaction_id),
            category=self.category,
            own_category_id=own_id(self.own_category_id),
            payee=self.payee,
            note=self.note,
            tags=None if self.tags is None else tuple(self.tags),
            add_tags=tuple(self.add_tags),
            remove_tags=tuple(self.remove_tags),
            booked_on=self.date,
            amount=self.amount,
            description=self.description,
            reference=self.reference,
        )


class PartBody(_Body):
    """One part; it needs a category, built-in or your own."""

    amount: SignedAmount
    category: Category | None = None
    own_category_id: UUID | None = None
    note: str = Field(default="", max_length=MAX_NOTE)


class SplitBody(_Body):
    """The parts, which add up to the amount exactly."""

    parts: list[PartBody] = Field(
        max_length=MAX_PARTS,
        examples=[[{"amount": "-400.00", "category": "groceries"}, {"amount": "-249.00", "category": "health"}]],
    )

    def to_request(self, user_id: UserId, transaction_id: UUID) -> SplitTransactionRequest:
        """The command's request."""
        parts = tuple(
            WantedPart(
                amount=part.amount,
                category=part.category,
                own_category_id=own_id(part.own_category_id),
                note=part.note,
            )
            for part in self.parts
        )
        return SplitTransactionRequest(user_id=user_id, transaction_id=TransactionId(transaction_id), parts=parts)


class RestoreBody(_Body):
    """Back to how it was after that version; 0 is before the first change."""

    version: int = Field(ge=0, le=2**31 - 1, examples=[0])


class AddCategoryBody(_Body):
    """A category of your own, under a built-in one."""

    name: str = Field(min_length=1, max_length=MAX_CATEGORY_NAME, examples=["Pets"])
    parent: Category = Field(description="Decides whether it is income or spending; not transfer.", examples=["other"])


class ChangeCategoryBody(_Body):
    """What to change; what is not given stays."""

    name: str | None = Field(default=None, min_length=1, max_length=MAX_CATEGORY_NAME)
    parent: Category | None = None


def own_id(value: UUID | None) -> OwnCategoryId | None:
    """The id of an own category, when one is given."""
    return None if value is None else OwnCategoryId(value)
