"""Response bodies of the financial routes. Amounts are decimal strings; see the views for what each figure means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, PlainSerializer

from services.financial.domain.account import AccountType
from services.financial.domain.categorisation import RuleField, RuleMatch
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category

Exact = Annotated[Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")]
From = Field(validation_alias=AliasChoices("from_", "from"), serialization_alias="from")


class ViewResponse(BaseModel):
    """Base of responses that show a view's fields."""

    model_config = ConfigDict(from_attributes=True)


class LeftOutResponse(ViewResponse):
    """An account in another currency, which the figures do not include."""

    account_id: UUID
    name: str
    currency: str


class AccountResponse(ViewResponse):
    """An account, what it held before its first transaction, and its balance; owed money is negative."""

    id: UUID = Field(validation_alias=AliasChoices("account_id", "id"))
    name: str
    institution: str
    account_type: AccountType
    currency: str
    opening_balance: Exact = Field(examples=["64210.10"])
    balance: Exact = Field(examples=["75551.70"])
    last_transaction_on: date | None
    transactions: int


class AccountsResponse(ViewResponse):
    """All accounts by name; `total` sums the balances in `currency`."""

    as_of: date
    currency: str
    accounts: list[AccountResponse]
    total: Exact
    left_out: list[LeftOutResponse]


class RejectedLineResponse(ViewResponse):
    """A line that cannot be read, and why."""

    line: int
    reason: str


class ImportResponse(ViewResponse):
    """What came of a file: added, on record already, left out."""

    import_id: UUID
    format: str = Field(examples=["hdfc-savings-csv"])
    from_: date | None = From
    to: date | None
    imported: int
    duplicates: int
    rejected: list[RejectedLineResponse]
    warnings: list[str]


class TransactionPartResponse(ViewResponse):
    """A part of a split transaction; `amount` has the sign of the whole."""

    amount: Exact = Field(examples=["-400.00"])
    category: Category
    own_category: str | None
    note: str


class TransactionResponse(ViewResponse):
    """A transaction; `amount` is signed, negative is money out. What it does not have is null."""

    id: UUID = Field(validation_alias=AliasChoices("transaction_id", "id"))
    date: date
    amount: Exact = Field(examples=["-649.00"])
    currency: str
    payee: str
    category: Category
    account: str = Field(description="The account's name.")
    account_id: UUID
    narration: str
    own_category: str | None = Field(default=None, description="Your own category, under `category`.")
    note: str | None = None
    tags: list[str] | None = None
    parts: list[TransactionPartResponse] | None = Field(default=None, description="What it was for, when split.")
    entered_by_hand: bool | None = None


class TransactionPageResponse(ViewResponse):
    """One page, newest first."""

    transactions: list[TransactionResponse]
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class BalanceResponse(ViewResponse):
    """The balance of one account; negative when money is owed."""

    account_id: UUID
    name: str
    account_type: AccountType
    balance: Exact


class SummaryResponse(ViewResponse):
    """One month: what came in, what went out for what, and how the accounts stood at its end."""

    month: str = Field(examples=["2026-10"])
    currency: str
    as_of: date
    income: Exact
    spending: Exact
    by_category: dict[Category, Exact]
    balances: list[BalanceResponse]
    left_out: list[LeftOutResponse]


class NetWorthResponse(ViewResponse):
    """Assets less liabilities at the end of `as_of`."""

    as_of: date
    currency: str
    net_worth: Exact
    assets: Exact
    liabilities: Exact
    accounts: list[BalanceResponse]
    left_out: list[LeftOutResponse]


class RecurringPaymentResponse(ViewResponse):
    """A payment that comes back; `amount` is the latest."""

    payee: str
    category: Category
    amount: Exact
    cadence: str = Field(examples=["monthly"])
    day_of_month: int
    last_paid_on: date
    next_due_on: date
    first_paid_on: date
    payments: int
    varies: bool = Field(description="The amount differs from time to time.")
    previous_amount: Exact | None
    price_changed_on: date | None
    price_change_percent: Exact | None


class RecurringResponse(ViewResponse):
    """Payments that come back, and what they come to in an average month."""

    as_of: date
    currency: str
    monthly_total: Exact
    payments: list[RecurringPaymentResponse]
    left_out: list[LeftOutResponse]


class FlowGroupResponse(ViewResponse):
    """One part: `key` is a category, payee, month or account name."""

    key: str
    amount: Exact
    count: int
    share_percent: Exact


class FlowFilterResponse(ViewResponse):
    """What the figures were restricted to."""

    category: Category | None
    payee: str | None
    account: str | None


class FlowResponse(ViewResponse):
    """Spending or income of a period, as a whole and in parts."""

    from_: date = From
    to: date
    as_of: date
    currency: str
    total: Exact
    count: int
    months: int
    average_per_month: Exact
    groups: list[FlowGroupResponse]
    filter: FlowFilterResponse
    left_out: list[LeftOutResponse]


class MonthFlowResponse(ViewResponse):
    """One month's income, spending, and what is left."""

    month: str
    income: Exact
    spending: Exact
    net: Exact


class CashFlowResponse(ViewResponse):
    """Income against spending of a period, and of each of its months."""

    from_: date = From
    to: date
    as_of: date
    currency: str
    income: Exact
    spending: Exact
    net: Exact
    savings_rate_percent: Exact | None
    months: list[MonthFlowResponse]
    left_out: list[LeftOutResponse]


class CategoryRuleResponse(ViewResponse):
    """A rule of one's own; `recategorised` counts the transactions that changed when it was made."""

    id: UUID = Field(validation_alias=AliasChoices("rule_id", "id"))
    field: RuleField
    match: RuleMatch
    pattern: str
    category: Category
    min_amount: Exact | None
    max_amount: Exact | None
    currency: str | None = Field(description="Of the limits.")
    direction: Direction | None
    own_category: str | None = None
    own_category_id: UUID | None = None
    recategorised: int | None = None


class CategoryRulesResponse(ViewResponse):
    """The rules, newest first."""

    rules: list[CategoryRuleResponse]
