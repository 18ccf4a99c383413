"""What the queries answer.

Amounts are exact Decimals with the digits of their currency's minor unit. Figures are in one currency, the view's; what
is in another is never added to them but named in `left_out`. `from_` stands for `from`, which Python reserves. Unless a
view says otherwise, `as_of` is the day of the newest transaction on record, or today when there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.domain.account import AccountType
from services.financial.domain.category import Category
from services.shared.domain.ids import AccountId, TransactionId


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """An account in another currency, which the figures do not include."""

    account_id: AccountId
    name: str
    currency: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account, what it held before its first transaction on record, and its balance; owed money is negative."""

    account_id: AccountId
    name: str
    institution: str
    account_type: AccountType
    currency: str
    opening_balance: Decimal
    balance: Decimal
    last_transaction_on: date | None
    transactions: int


@dataclass(frozen=True, slots=True)
class AccountsView:
    """Accounts by name; `total` sums the balances in `currency`."""

    as_of: date
    currency: str
    accounts: tuple[AccountView, ...]
    total: Decimal
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class TransactionPartView:
    """A part of a split transaction; `amount` has the sign of the whole."""

    amount: Decimal
    category: Category
    own_category: str | None
    note: str


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A transaction; `amount` is signed, negative is money out. `account` is the account's name.

    `own_category` is the person's own, under `category`. `parts` are what it was for when it was split; `category` is
    then that of the largest. `entered_by_hand` says that no statement has it. What a transaction does not have is None.
    """

    transaction_id: TransactionId
    date: date
    amount: Decimal
    currency: str
    payee: str
    category: Category
    account: str
    account_id: AccountId
    narration: str
    own_category: str | None = None
    note: str | None = None
    tags: tuple[str, ...] | None = None
    parts: tuple[TransactionPartView, ...] | None = None
    entered_by_hand: bool | None = None


@dataclass(frozen=True, slots=True)
class TransactionSearchView:
    """The first matches, and count and totals (neither negative) of all matches.

    `from_` and `to` are the days that were asked for, else those of the records; None without any record. `count`
    includes matches in other currencies, the totals do not.
    """

    from_: date | None
    to: date | None
    currency: str
    count: int
    total_debit: Decimal
    total_credit: Decimal
    transactions: tuple[TransactionView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class TransactionPageView:
    """One page, newest first; `next_cursor` leads to the next and is None on the last."""

    transactions: tuple[TransactionView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class FlowGroupView:
    """One part: `key` is a category, payee, month (2026-10) or account name."""

    key: str
    amount: Decimal
    count: int
    share_percent: Decimal


@dataclass(frozen=True, slots=True)
class FlowFilterView:
    """What the figures were restricted to; None where they were not."""

    category: Category | None = None
    payee: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class FlowView:
    """Spending or income of a period, as a whole and in parts.

    `count` is the number of transactions. `months` is the number of calendar months that the period touches, leaving
    out those before the oldest and after the newest record; `average_per_month` is `total` over `months`. Groups come
    largest first, months in order; a month without transactions between two records is a group of 0. `share_percent`
    is of `total`, with one decimal.
    """

    from_: date
    to: date
    as_of: date
    currency: str
    total: Decimal
    count: int
    months: int
    average_per_month: Decimal
    groups: tuple[FlowGroupView, ...]
    filter: FlowFilterView
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class MonthFlowView:
    """One month's income, spending, and what is left."""

    month: str
    income: Decimal
    spending: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class CashFlowView:
    """Income against spending. `savings_rate_percent` is net over income, one decimal; None without income."""

    from_: date
    to: date
    as_of: date
    currency: str
    income: Decimal
    spending: Decimal
    net: Decimal
    savings_rate_percent: Decimal | None
    months: tuple[MonthFlowView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class BalanceView:
    """The balance of one account; negative when money is owed."""

    account_id: AccountId
    name: str
    account_type: AccountType
    balance: Decimal


@dataclass(frozen=True, slots=True)
class NetWorthView:
    """Assets (positive balances) less liabilities (the size of negative ones) at the end of `as_of`."""

    as_of: date
    currency: str
    net_worth: Decimal
    assets: Decimal
    liabilities: Decimal
    accounts: tuple[BalanceView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class MonthlySummaryView:
    """One month: totals, spending by category (those that occur), and every account's balance at the month's end."""

    month: str
    currency: str
    as_of: date
    income: Decimal
    spending: Decimal
    by_category: dict[Category, Decimal]
    balances: tuple[BalanceView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class RecurringPaymentView:
    """A payment that comes back; `amount` is the size of the latest one.

    `payments` counts those of the last three years, the first on `first_paid_on`. `varies` marks amounts that differ
    from time to time; of one that does not, the latest change of price is told, None when there was none.
    """

    payee: str
    category: Category
    amount: Decimal
    cadence: str
    day_of_month: int
    last_paid_on: date
    next_due_on: date
    first_paid_on: date
    payments: int
    varies: bool
    previous_amount: Decimal | None = None
    price_changed_on: date | None = None
    price_change_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RecurringPaymentsView:
    """Payments that come back; `monthly_total` counts each by its share of a month (a yearly one as a twelfth)."""

    as_of: date
    currency: str
    monthly_total: Decimal
    payments: tuple[RecurringPaymentView, ...]
    left_out: tuple[LeftOutView, ...]
