"""Request bodies of the financial routes. Amounts are decimal strings."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.financial.application.add_category_rule import AddCategoryRuleRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.domain.account import MAX_NAME_LENGTH, AccountType
from services.financial.domain.categorisation import RuleField, RuleMatch
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.statement import ColumnMapping
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


class OpenAccountBody(BaseModel):
    """A new account."""

    model_config = ConfigDict(extra="forbid")

    account_type: AccountType
    name: str = Field(min_length=1, max_length=MAX_NAME_LENGTH, examples=["HDFC savings"])
    institution: str = Field(min_length=1, max_length=MAX_NAME_LENGTH, examples=["HDFC Bank"])
    currency: str = Field(default="INR", description="ISO 4217.", examples=["INR"])
    opening_balance: str = Field(
        default="0", max_length=40, description="Before the first transaction on record.", examples=["64210.10"]
    )

    def to_request(self, user_id: UserId) -> OpenAccountRequest:
        """The command's request; InvalidInputError for an amount or a currency that is none."""
        return OpenAccountRequest(
            user_id=user_id,
            account_type=self.account_type,
            name=self.name,
            institution=self.institution,
            opening_balance=Money.parse(self.opening_balance, self.currency),
        )


class CategoryRuleBody(BaseModel):
    """A rule of one's own: who or what, and which category."""

    model_config = ConfigDict(extra="forbid")

    pattern: str = Field(min_length=1, max_length=200, examples=["SHARMA DAIRY"])
    category: Category | None = Field(default=None, examples=["groceries"])
    own_category_id: UUID | None = Field(default=None, description="One of your own; then no category is needed.")
    field: RuleField = RuleField.PAYEE
    match: RuleMatch = RuleMatch.CONTAINS
    min_amount: str | None = Field(default=None, max_length=40, examples=["100.00"])
    max_amount: str | None = Field(default=None, max_length=40)
    currency: str = Field(default="INR", description="Of the limits.")
    direction: Direction | None = None

    def to_request(self, user_id: UserId, *, dry_run: bool = False) -> AddCategoryRuleRequest:
        """The command's request; InvalidInputError for an amount that is none."""
        return AddCategoryRuleRequest(
            user_id=user_id,
            pattern=self.pattern,
            category=self.category,
            own_category_id=OwnCategoryId(self.own_category_id) if self.own_category_id else None,
            dry_run=dry_run,
            field=self.field,
            match=self.match,
            min_amount=_limit(self.min_amount, "min_amount"),
            max_amount=_limit(self.max_amount, "max_amount"),
            currency=self.currency,
            direction=self.direction,
        )


class MappingBody(BaseModel):
    """Which column of a CSV holds what, by the names in its header line."""

    model_config = ConfigDict(extra="forbid")

    date: str
    narration: str
    amount: str | None = None
    debit: str | None = None
    credit: str | None = None
    direction: str | None = None
    balance: str | None = None
    reference: str | None = None
    unsigned_is: Literal["credit", "debit"] = "credit"
    date_order: Literal["day-first", "month-first"] = "day-first"
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)

    def to_mapping(self) -> ColumnMapping:
        """The domain's mapping."""
        return ColumnMapping(**self.model_dump())


def parse_mapping(text: str | None) -> ColumnMapping | None:
    """The mapping in a form field; InvalidInputError says what it must be."""
    if not text:
        return None
    try:
        return MappingBody.model_validate_json(text).to_mapping()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "mapping"
        raise InvalidInputError(
            f"mapping must be a JSON object that names columns, such as "
            f'{{"date": "Date", "narration": "Details", "amount": "Amount"}}; {where}: {first["msg"]}.',
            extra={"field": "mapping"},
        ) from error


def _limit(text: str | None, field: str) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise InvalidInputError(f"{field} must be a decimal number such as 1234.50.", extra={"field": field}) from error
    if not amount.is_finite():
        raise InvalidInputError(f"{field} must be a finite number.", extra={"field": field})
    return amount
