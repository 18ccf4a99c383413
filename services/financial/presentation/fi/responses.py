"""Response bodies of the routes of Fi; see the views for what each field means."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.financial.domain.account import AccountType
from services.financial.domain.fi.twins import TwinDecision
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
    possible_doubles: int = Field(description="Accounts that you may have twice, and have said nothing of.")
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
    possible_doubles: int = Field(description="Accounts that you may have twice, and have said nothing of: both count.")
    empty_sources: list[str]
    flags: list[FiFlagResponse]


class FiDoubleAccountResponse(ViewResponse):
    """One of the two accounts."""

    account_id: UUID
    name: str
    account_type: AccountType
    currency: str
    balance: Exact


class FiDoubleResponse(ViewResponse):
    """Fi's account and one of your own; without a decision both count."""

    reported: FiDoubleAccountResponse
    own: FiDoubleAccountResponse
    decision: TwinDecision | None
    decided_at: datetime | None


class FiDoublesResponse(ViewResponse):
    """The pairs; `undecided` counts those of which you have said nothing yet."""

    undecided: int
    doubles: list[FiDoubleResponse]


class FiDecisionBody(BaseModel):
    """What you say of two accounts."""

    model_config = ConfigDict(extra="forbid")

    own_account_id: UUID = Field(examples=["0199d3a0-0000-7000-8000-000000000001"])
    decision: TwinDecision = Field(description="merge: one account. leave_out: one, without Fi's. separate: two.")


class FiResolutionResponse(ViewResponse):
    """What came of it; `balance` is the own account's then, `reported` what Fi's had before."""

    decision: TwinDecision
    dry_run: bool
    reported_account: str
    own_account: str
    same: int = Field(description="Lines that both had, and that count once now.")
    moved: int = Field(description="Lines that came to the own account.")
    taken_away: int
    currency: str
    balance: Exact
    reported: Exact


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
