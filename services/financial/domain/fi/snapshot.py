"""What a person's Fi holds, as read from its six sources. All of it came from outside and is data only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.financial.domain.account import AccountType
from services.financial.domain.investments.holding import HoldingLine
from services.financial.domain.investments.transaction import InvestmentLine
from services.financial.domain.statement import StatementLine
from services.shared.domain.errors import ConflictError, NotFoundError, UnavailableError
from services.shared.domain.events import Json
from services.shared.domain.money import Money

# How imports of lines that Fi told are named.
FORMAT = "fi-mcp"
MUTUAL_FUNDS = "mutual-funds"
SECURITIES = "securities"
# What the ids begin with of accounts that stand in for others: of a bank's lines, of a total of the net worth.
OF_BANK = "bank:"
OF_TOTAL = "net-worth:"


class FiSource(StrEnum):
    """The sources, by the names of their tools."""

    NET_WORTH = "fetch_net_worth"
    CREDIT_REPORT = "fetch_credit_report"
    EPF = "fetch_epf_details"
    FUNDS = "fetch_mf_transactions"
    BANK = "fetch_bank_transactions"
    STOCKS = "fetch_stock_transactions"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something odd in a source: totals that contradict their parts, or an entry that cannot be read."""

    source: FiSource
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiAccount:
    """An account as Fi reports it; `fi_id` is Fi's own id, or one made of what Fi tells instead.

    Money owed is negative. `holdings` of an investment account replace its balance.
    """

    fi_id: str
    account_type: AccountType
    institution: str
    name: str
    balance: Money | None
    holdings: tuple[HoldingLine, ...] | None = None


@dataclass(frozen=True, slots=True)
class BankStream:
    """The lines of one account of a bank, oldest first; which of the bank's accounts it is, Fi does not tell.

    The lines of one day may stand in any order: what the account held before and after a day is the balance that no
    other line of the day leads to, or leads on from.
    """

    bank: str
    lines: tuple[StatementLine, ...]

    @property
    def opening(self) -> Money | None:
        """What the account held before its first day; None when that is not told."""
        first = self.lines[0]
        if first.balance_after is None:
            return None
        before, after = _balances(self.lines, first.booked_on)
        return _only(before - after) or first.balance_after - first.amount

    @property
    def closing(self) -> Money | None:
        """What the account held after its last day; None when that is not told."""
        last = self.lines[-1]
        if last.balance_after is None:
            return None
        before, after = _balances(self.lines, last.booked_on)
        return _only(after - before) or last.balance_after


def _balances(lines: Iterable[StatementLine], day: date) -> tuple[Counter[Money], Counter[Money]]:
    """The balances before and after each line of the day."""
    told = [
        (line.balance_after - line.amount, line.balance_after)
        for line in lines
        if line.booked_on == day and line.balance_after is not None
    ]
    return Counter(before for before, _ in told), Counter(after for _, after in told)


def _only(balances: Counter[Money]) -> Money | None:
    return next(iter(balances)) if balances.total() == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditAccount:
    """A loan or card in a credit report."""

    lender: str
    kind: str
    opened_on: date | None
    balance: Decimal | None
    past_due: Decimal | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReport:
    """A bureau's report; `body` is all that came."""

    vendor: str
    score: int | None
    reported_on: date | None
    outstanding: Decimal | None
    accounts: tuple[CreditAccount, ...]
    body: Json


@dataclass(slots=True)
class FiSnapshot:
    """Everything of one fetch."""

    accounts: list[FiAccount] = field(default_factory=list)
    streams: list[BankStream] = field(default_factory=list)
    fund_lines: list[InvestmentLine] = field(default_factory=list)
    stock_lines: list[InvestmentLine] = field(default_factory=list)
    credit_reports: list[CreditReport] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    empty: list[FiSource] = field(default_factory=list)

    def miss(self, failed: Iterable[FiSource]) -> None:
        """Take note of sources that gave no answer: what they told before stays as it is."""
        for source in failed:
            self.empty.remove(source)
            self.flags.append(Flag(source, "it gave no answer this time; fetch again later"))


FiSources = Mapping[FiSource, Json]


class FiNotLinkedError(ConflictError):
    """There is no link to Fi yet."""

    code = "fi-not-linked"

    def __init__(self) -> None:
        super().__init__("You have not linked Fi. Begin with POST /api/v1/fi/link, or 'nivesh fi link'.")


class FiUnavailableError(UnavailableError):
    """Fi cannot be reached, or answers with what is no answer."""

    code = "fi-unavailable"


class NoCreditReportError(NotFoundError):
    """No credit report has come from Fi."""

    code = "credit-report-not-found"

    def __init__(self) -> None:
        super().__init__("There is no credit report of yours. POST /api/v1/fi/sync fetches it once Fi has one.")
