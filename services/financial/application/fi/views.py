"""What the use cases over Fi answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FiStatusView:
    """Whether Fi is linked. `status` is `not_linked`, `login_required` (log in at `login_url`) or `linked`.

    `possible_doubles` counts accounts that the person may also have of their own making, and has said nothing of.
    """

    status: str
    login_url: str | None = None
    linked_at: datetime | None = None
    synced_at: datetime | None = None
    possible_doubles: int = 0
    flags: tuple[FiFlagView, ...] = ()


@dataclass(frozen=True, slots=True)
class FiFlagView:
    """Something odd in what came: what it says was kept as it came, or left out where the reason says so."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class FiSyncView:
    """What a fetch brought. With `login_required` nothing came: log in at `login_url` and sync again.

    `already_there` counts what earlier fetches had brought; `empty_sources` are not linked at Fi. `possible_doubles`
    counts accounts that the person may also have of their own making, and has said nothing of: both count.
    """

    status: str
    login_url: str | None = None
    synced_at: datetime | None = None
    accounts_opened: int = 0
    accounts: int = 0
    transactions_added: int = 0
    investment_transactions_added: int = 0
    already_there: int = 0
    holdings: int = 0
    credit_reports_added: int = 0
    possible_doubles: int = 0
    empty_sources: tuple[str, ...] = ()
    flags: tuple[FiFlagView, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditAccountView:
    """A loan or card as the bureau has it; amounts are in rupees."""

    lender: str
    kind: str
    opened_on: date | None
    balance: Decimal | None
    past_due: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class CreditReportView:
    """A credit report. `as_of` is the bureau's day; the score is out of 900; amounts are in rupees.

    `outstanding` is the bureau's own total, `accounts_total` the sum of the accounts' balances.
    """

    vendor: str
    score: int | None
    as_of: date | None
    fetched_at: datetime
    outstanding: Decimal | None
    accounts_total: Decimal
    past_due_total: Decimal
    accounts: tuple[CreditAccountView, ...]
