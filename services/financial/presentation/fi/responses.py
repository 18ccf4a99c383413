"""Response bodies of the routes of Fi; see the views for what each field means."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from services.financial.presentation.responses import Exact, ViewResponse


class FiFlagResponse(ViewResponse):
    """Something odd in what came."""

    source: str = Field(examples=["fetch_net_worth"])
    reason: str


class FiStatusResponse(ViewResponse):
    """How the link stands."""

    status: str = Field(examples=["login_required"], description="not_linked, login_required or linked")
    login_url: str | None = Field(description="Log in there, when a login is required.")
    linked_at: datetime | None
    synced_at: datetime | None
    flags: list[FiFlagResponse]


class FiSyncResponse(ViewResponse):
    """What a fetch brought."""

    status: str = Field(examples=["linked"])
    login_url: str | None
    synced_at: datetime | None
    accounts_opened: int
    accounts: int
    transactions_added: int
    investment_transactions_added: int
    already_there: int
    holdings: int
    credit_reports_added: int
    empty_sources: list[str]
    flags: list[FiFlagResponse]


class CreditAccountResponse(ViewResponse):
    """A loan or card as the bureau has it, in rupees."""

    lender: str
    kind: str
    opened_on: date | None
    balance: Exact | None
    past_due: Exact | None
    status: str


class CreditReportResponse(ViewResponse):
    """A credit report, in rupees."""

    vendor: str
    score: int | None = Field(examples=[746])
    as_of: date | None
    fetched_at: datetime
    outstanding: Exact | None
    accounts_total: Exact
    past_due_total: Exact
    accounts: list[CreditAccountResponse]
