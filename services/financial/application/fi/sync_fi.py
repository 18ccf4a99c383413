"""Command: fetch everything that Fi has, and keep what is new."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.financial.application.fi.bank_lines import BankLines
from services.financial.application.fi.books import FiBooks
from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.ports import (
    FiClient,
    FiUnitOfWork,
    FiUnitOfWorkFactory,
    LoginNeeded,
    SnapshotReader,
)
from services.financial.application.fi.standing_in import StandIns
from services.financial.application.fi.views import FiFlagView, FiSyncView
from services.financial.application.investments.record_holdings import RecordHoldings, RecordHoldingsRequest
from services.financial.application.investments.record_investment_transactions import (
    RecordInvestmentTransactions,
    RecordInvestmentTransactionsRequest,
)
from services.financial.domain.account import Account, AccountType
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.events import BalanceReported
from services.financial.domain.fi.link import FiLink
from services.financial.domain.fi.snapshot import (
    FORMAT,
    MUTUAL_FUNDS,
    SECURITIES,
    FiAccount,
    FiNotLinkedError,
    FiSnapshot,
    FiSource,
    Flag,
)
from services.financial.domain.fi.twins import undecided
from services.financial.domain.investments.transaction import InvestmentLine
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError, TooLargeError
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class FiRecorders:
    """The commands that keep investments."""

    transactions: RecordInvestmentTransactions
    holdings: RecordHoldings


@dataclass(slots=True)
class _Kept:
    """What the first transaction kept, for the second half and the answer."""

    accounts: dict[str, AccountId]
    investments: list[tuple[AccountId, FiAccount]]
    funds: AccountId | None
    securities: AccountId | None
    possible_doubles: int
    opened: int
    added: int
    known: int
    reports: int


class SyncFi:
    """Fetches the six sources and keeps what is new of them. Again, it adds nothing twice.

    Contradictions are flagged and what came is kept; a source that is not linked at Fi is empty.
    """

    def __init__(
        self,
        unit_of_work: FiUnitOfWorkFactory,
        client: FiClient,
        read: SnapshotReader,
        recorders: FiRecorders,
        rules: RuleSet,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._client = client
        self._read = read
        self._recorders = recorders
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: FiRequest) -> FiSyncView:
        """What came; FiNotLinkedError without a link, FiUnavailableError when Fi cannot be reached."""
        async with self._unit_of_work() as unit:
            link = await unit.fi.get(request.user_id)
        if link is None:
            raise FiNotLinkedError
        answer = await self._client.fetch(link.session_id)
        if isinstance(answer, LoginNeeded):
            await self._save(link.logged_out(answer.login_url))
            return FiSyncView("login_required", login_url=answer.login_url)
        snapshot = await asyncio.to_thread(self._read, answer.sources)
        snapshot.miss(answer.failed)
        now = self._clock.now()
        async with self._unit_of_work() as unit:
            kept = await self._keep(unit, request.user_id, snapshot, now)
            await unit.commit()
        holdings = await self._keep_holdings(request.user_id, kept, snapshot)
        trades = await self._keep_trades(request.user_id, kept, snapshot)
        await self._save(replace(link.logged_in(), synced_at=now, flags=tuple(snapshot.flags)))
        return _view(snapshot, kept, holdings, trades, now)

    async def _save(self, link: FiLink) -> None:
        async with self._unit_of_work() as unit:
            await unit.fi.save(link)
            await unit.commit()

    async def _keep(self, unit: FiUnitOfWork, user_id: UserId, snapshot: FiSnapshot, now: datetime) -> _Kept:
        await unit.fi.get(user_id)  # locks the link: one sync of a person at a time
        books = await FiBooks.begin(unit, user_id)
        await StandIns(books, snapshot).settle()
        accounts = {one.fi_id: (await books.have(one)).id for one in snapshot.accounts}
        reported = {accounts[one.fi_id]: one.balance for one in snapshot.accounts if one.balance is not None}
        lines = BankLines(books, self._rules, now, reported, snapshot.flags)
        await lines.store(snapshot.streams)
        await _restate(books, reported)
        funds = await _holder(books, MUTUAL_FUNDS, AccountType.MUTUAL_FUND, "Mutual funds", snapshot.fund_lines)
        securities = await _holder(books, SECURITIES, AccountType.STOCKS, "Stocks (Fi)", snapshot.stock_lines)
        reports = [await unit.fi.keep_report(user_id, report, now) for report in snapshot.credit_reports]
        kept = {fi_id: account_id for fi_id, account_id in accounts.items() if account_id not in books.left_out}
        return _Kept(
            accounts=accounts,
            investments=[(kept[one.fi_id], one) for one in snapshot.accounts if one.holdings and one.fi_id in kept],
            funds=_kept_on(books, funds),
            securities=_kept_on(books, securities),
            possible_doubles=len(undecided(books.own.values(), await unit.twins.decided(user_id))),
            opened=len(books.opened),
            added=lines.added,
            known=lines.known,
            reports=sum(reports),
        )

    async def _keep_holdings(self, user_id: UserId, kept: _Kept, snapshot: FiSnapshot) -> int:
        count = 0
        for account_id, reported in kept.investments:
            request = RecordHoldingsRequest(
                user_id=user_id,
                account_id=account_id,
                as_of=today(self._clock),
                lines=reported.holdings or (),
                source=FORMAT,
            )
            try:
                count += (await self._recorders.holdings(request)).holdings
            except (InvalidInputError, TooLargeError) as error:
                snapshot.flags.append(
                    Flag(FiSource.NET_WORTH, f"the holdings of {reported.name} were left out: {error.detail}")
                )
        return count

    async def _keep_trades(self, user_id: UserId, kept: _Kept, snapshot: FiSnapshot) -> tuple[int, int]:
        added = known = 0
        day = today(self._clock)
        for source, account_id, lines in (
            (FiSource.FUNDS, kept.funds, snapshot.fund_lines),
            (FiSource.STOCKS, kept.securities, snapshot.stock_lines),
        ):
            due = _until(day, lines, source, snapshot.flags)
            if account_id is None or not due:
                continue
            request = RecordInvestmentTransactionsRequest(
                user_id=user_id, account_id=account_id, lines=due, source=FORMAT
            )
            try:
                view = await self._recorders.transactions(request)
            except (InvalidInputError, TooLargeError) as error:
                snapshot.flags.append(Flag(source, f"the transactions were left out: {error.detail}"))
                continue
            added, known = added + view.recorded, known + view.duplicates
        return added, known


async def _holder(
    books: FiBooks, fi_id: str, kind: AccountType, name: str, lines: list[InvestmentLine]
) -> Account | None:
    """The account that trades are kept on, for Fi does not tell whose they are: always the same one."""
    known = books.linked(fi_id)
    if known or not lines:
        return known
    of_kind = [one for one in books.own.values() if one.fi_mcp_account_id and one.account_type is kind]
    if of_kind:
        # The one that was made first stays the first, whatever Fi adds.
        return min(of_kind, key=lambda one: one.id)
    return await books.open(fi_id, kind, name, "", None)


def _kept_on(books: FiBooks, holder: Account | None) -> AccountId | None:
    return holder.id if holder and holder.id not in books.left_out else None


async def _restate(books: FiBooks, reported: dict[AccountId, Money]) -> None:
    """Accounts without transactions have the balance that Fi tells."""
    for account_id, told in reported.items():
        if account_id in books.left_out:
            continue
        balance, count, _ = await books.unit.accounts.standing(account_id)
        if not count and balance != told.amount and told.currency == books.own[account_id].currency:
            await books.unit.accounts.restate(account_id, told - Money(balance, told.currency))
            books.unit.record(BalanceReported(user_id=books.user_id, account_id=account_id, balance=told))


def _until(day: date, lines: list[InvestmentLine], source: FiSource, flags: list[Flag]) -> list[InvestmentLine]:
    ahead = [line for line in lines if line.traded_on > day]
    if ahead:
        flags.append(Flag(source, f"{len(ahead)} transactions of days that lie ahead were left out"))
    return [line for line in lines if line.traded_on <= day]


def _view(snapshot: FiSnapshot, kept: _Kept, holdings: int, trades: tuple[int, int], now: datetime) -> FiSyncView:
    return FiSyncView(
        status="linked",
        synced_at=now,
        accounts_opened=kept.opened,
        accounts=len(kept.accounts),
        transactions_added=kept.added,
        investment_transactions_added=trades[0],
        already_there=kept.known + trades[1],
        holdings=holdings,
        credit_reports_added=kept.reports,
        possible_doubles=kept.possible_doubles,
        empty_sources=tuple(source.value for source in snapshot.empty),
        flags=tuple(FiFlagView(flag.source.value, flag.reason) for flag in snapshot.flags),
    )
