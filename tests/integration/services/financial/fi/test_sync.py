"""Linking and fetching from a Fi server that speaks the older handshake: nothing twice, nothing lost, no crash."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.views import FiSyncView
from services.financial.application.get_net_worth import GetNetWorthRequest
from services.financial.application.list_accounts import ListAccountsRequest
from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.records.edit_transaction import EditTransactionRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import AccountView, TransactionView
from services.financial.domain.account import AccountType
from services.financial.domain.category import Category
from services.financial.domain.fi.snapshot import FiNotLinkedError, FiUnavailableError, NoCreditReportError
from services.financial.infrastructure.fi_mcp.tables import fi_links
from services.financial.infrastructure.fi_mcp.wiring import FiSettings
from services.financial.infrastructure.investments.tables import investment_transactions
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money
from tests.support.fi_server import FakeFi, World, fake_fi
from tests.support.fi_worlds import full_world, funds_only, garbage, rupees


@pytest.fixture
def fi() -> Iterator[FakeFi]:
    with fake_fi() as server:
        yield server


class Linked:
    """A person at a Fi server."""

    def __init__(self, engine: AsyncEngine, user_id: UserId, server: FakeFi) -> None:
        self.engine = engine
        self.server = server
        self.request = FiRequest(user_id=user_id)
        self.finance: FinancialUseCases = build_use_cases(engine, fi=FiSettings(server.url))

    async def link(self, world: dict[str, Any]) -> None:
        view = await self.finance.fi.link(self.request)
        assert view.status == "login_required"
        assert view.login_url is not None
        self.server.log_in(view.login_url, world)

    async def sync(self) -> FiSyncView:
        return await self.finance.fi.sync(self.request)

    async def accounts(self) -> dict[str, AccountView]:
        view = await self.finance.list_accounts(ListAccountsRequest(user_id=self.request.user_id))
        return {account.name: account for account in view.accounts}

    async def worth(self) -> tuple[Decimal, Decimal]:
        view = await self.finance.get_net_worth(GetNetWorthRequest(user_id=self.request.user_id))
        return view.assets, view.liabilities

    async def transactions(self) -> list[TransactionView]:
        request = ListTransactionsRequest(user_id=self.request.user_id, limit=200)
        return list((await self.finance.list_transactions(request)).transactions)

    async def told(self, event: str) -> int:
        query = select(func.count()).where(outbox.c.key == str(self.request.user_id), outbox.c.name == event)
        async with self.engine.connect() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def trades(self) -> int:
        query = select(func.count()).where(investment_transactions.c.user_id == self.request.user_id)
        async with self.engine.connect() as connection:
            return int((await connection.execute(query)).scalar_one())


@pytest.fixture
def person(postgres_engine: AsyncEngine, unique_user: UserId, fi: FakeFi) -> Linked:
    return Linked(postgres_engine, unique_user, fi)


async def test_before_the_login_the_person_is_shown_where_to_log_in(person: Linked) -> None:
    assert (await person.finance.fi.status(person.request)).status == "not_linked"
    with pytest.raises(FiNotLinkedError):
        await person.sync()
    linked = await person.finance.fi.link(person.request)
    again = await person.finance.fi.link(person.request)
    synced = await person.sync()
    assert linked.login_url == again.login_url == synced.login_url
    assert synced.status == "login_required"
    assert len(set(person.server.seen)) == 1
    assert person.server.ended == 0
    person.server.log_in(str(linked.login_url), {})
    assert (await person.finance.fi.link(person.request)).status == "linked"
    person.server.log_out()
    assert (await person.sync()).status == "login_required"
    assert (await person.finance.fi.status(person.request)).login_url == linked.login_url


async def test_everything_comes_once_however_often_it_is_fetched(person: Linked) -> None:
    await person.link(full_world())
    first = await person.sync()
    assert first.status == "linked"
    assert first.transactions_added == 8
    assert first.investment_transactions_added == 7
    assert first.credit_reports_added == 1
    assert first.empty_sources == ()
    accounts, rows, trades = await person.accounts(), await person.transactions(), await person.trades()
    assert accounts["HDFC Bank savings 1111"].balance == Decimal("59607.00")
    assert accounts["HDFC Bank savings 2222"].balance == Decimal("8500.00")
    assert accounts["HDFC Bank credit card 5555"].balance == Decimal("-7000.50")
    assert accounts["Home loan (Fi)"].balance == Decimal("-1700000.50")
    assert accounts["Mutual funds"].transactions == 0
    for _ in range(2):
        again = await person.sync()
        assert (again.accounts_opened, again.transactions_added, again.investment_transactions_added) == (0, 0, 0)
        assert again.credit_reports_added == 0
        assert again.already_there == 15
        assert await person.accounts() == accounts
        assert await person.transactions() == rows
        assert await person.trades() == trades


async def test_contradictions_and_what_cannot_be_read_are_flagged(person: Linked) -> None:
    await person.link(full_world())
    flags = [f"{flag.source}: {flag.reason}" for flag in (await person.sync()).flags]
    for words in (
        "net worth: the total is 868721.00",
        "an account of an unknown kind was left out: accountDetails, cryptoSummary",
        "its type 9 is not known",
        "has no price",
        "EPF account 1: the total is 111000 and its parts come to 110500",
        "Zerodha stocks: the total is 30000.00 and its parts come to 15002.50",
        "credit report 1: the outstanding total is 1710000 and its accounts come to 1707000",
        "a day was left out: 'not a day' is not a day",
    ):
        assert any(words in flag for flag in flags), (words, flags)
    status = await person.finance.fi.status(person.request)
    assert len(status.flags) == len(flags)
    report = await person.finance.fi.credit_report(person.request)
    assert (report.score, report.outstanding, report.accounts_total) == (746, Decimal(1710000), Decimal(1707000))
    assert report.accounts[1].opened_on is None


async def test_interest_taxes_and_reversals_have_their_sign(person: Linked) -> None:
    await person.link(full_world())
    await person.sync()
    signs = {one.narration: one.amount for one in await person.transactions()}
    assert signs["INTEREST CREDIT"] == Decimal("120.00")
    assert signs["TDS"] == Decimal("-12.00")
    assert signs["REVERSAL"] == Decimal("500.00")
    assert "OPENING BALANCE" not in signs


async def test_new_lines_join_their_accounts_in_whatever_order_the_banks_come(person: Linked) -> None:
    world = full_world()
    await person.link(world)
    await person.sync()
    later = copy.deepcopy(world)
    banks = later["fetch_bank_transactions"]["bankTransactions"]
    banks[0]["txns"] = [["100", "UPI-NEW", "2026-10-09", 2, "UPI", "59507"], *banks[0]["txns"][:-1]]
    banks.reverse()
    person.server.worlds = dict.fromkeys(person.server.worlds, later)
    view = await person.sync()
    assert (view.transactions_added, view.accounts_opened) == (1, 0)
    accounts = await person.accounts()
    assert accounts["HDFC Bank savings 1111"].balance == Decimal("59507.00")
    assert accounts["HDFC Bank savings 2222"].balance == Decimal("8500.00")


async def test_older_lines_that_come_later_do_not_move_the_balance(person: Linked) -> None:
    world = full_world()
    await person.link(world)
    await person.sync()
    older = copy.deepcopy(world)
    older["fetch_bank_transactions"]["bankTransactions"][1]["txns"].insert(
        0, ["400", "UPI-OLDER", "2026-09-20", 2, "UPI", "9000"]
    )
    person.server.worlds = dict.fromkeys(person.server.worlds, older)
    assert (await person.sync()).transactions_added == 1
    assert (await person.accounts())["HDFC Bank savings 2222"].balance == Decimal("8500.00")


async def test_a_balance_that_is_another_than_before_is_told_of_once(person: Linked) -> None:
    world = full_world()
    await person.link(world)
    await person.sync()
    later = copy.deepcopy(world)
    details = later["fetch_net_worth"]["accountDetailsBulkResponse"]["accountDetailsMap"]
    details["uuid-card"]["creditCardSummary"]["currentBalance"] = rupees(6500)
    person.server.worlds = dict.fromkeys(person.server.worlds, later)
    for _ in range(2):
        await person.sync()
        assert (await person.accounts())["HDFC Bank credit card 5555"].balance == Decimal("-6500.00")
    query = select(outbox.c.payload).where(
        outbox.c.key == str(person.request.user_id), outbox.c.name == "BalanceReported"
    )
    async with person.engine.connect() as connection:
        (told,) = (await connection.execute(query)).scalars()
    assert told["balance"] == {"amount": "-6500.00", "currency": "INR"}


async def test_a_sync_undoes_no_edit(person: Linked) -> None:
    await person.link(full_world())
    await person.sync()
    tea = next(one for one in await person.transactions() if "CHAI" in one.narration)
    edited = await person.finance.records.edit_transaction(
        EditTransactionRequest(
            user_id=person.request.user_id, transaction_id=tea.transaction_id, category=Category.GIFTS, note="mine"
        )
    )
    await person.sync()
    assert edited in await person.transactions()


async def test_one_source_alone_in_the_other_layout(person: Linked) -> None:
    await person.link(funds_only())
    view = await person.sync()
    assert (view.accounts_opened, view.investment_transactions_added) == (1, 2)
    assert set(view.empty_sources) == {
        "fetch_net_worth",
        "fetch_credit_report",
        "fetch_epf_details",
        "fetch_bank_transactions",
        "fetch_stock_transactions",
    }
    assert [flag.reason for flag in view.flags] == [
        "transaction 3 of the funds was left out: its type 'GIFT' is not known"
    ]
    assert (await person.sync()).investment_transactions_added == 0
    with pytest.raises(NoCreditReportError):
        await person.finance.fi.credit_report(person.request)


async def test_an_unlinked_person_has_nothing_and_no_error(person: Linked) -> None:
    await person.link({})
    view = await person.sync()
    assert (view.status, view.accounts, len(view.empty_sources), view.flags) == ("linked", 0, 6, ())


async def test_garbage_is_flagged_and_kept_out(person: Linked) -> None:
    await person.link(garbage())
    view = await person.sync()
    assert view.status == "linked"
    assert view.transactions_added == view.investment_transactions_added == 0
    assert len(view.flags) >= 10
    await person.sync()


@pytest.mark.parametrize("broken", ["not json", '{"status": "login_required", "login_url": "javascript:alert(1)"}'])
async def test_answers_that_are_none_are_told_and_change_nothing(person: Linked, broken: str) -> None:
    await person.link(full_world())
    person.server.broken["fetch_net_worth"] = broken
    with pytest.raises(FiUnavailableError):
        await person.sync()
    assert await person.accounts() == {}


async def test_a_source_without_an_answer_keeps_no_other_from_coming(person: Linked) -> None:
    await person.link(full_world())
    person.server.broken["fetch_bank_transactions"] = "not json"
    first = await person.sync()
    assert (first.status, first.transactions_added, first.investment_transactions_added) == ("linked", 0, 7)
    assert "fetch_bank_transactions" in [flag.source for flag in first.flags]
    assert "fetch_bank_transactions" not in first.empty_sources
    person.server.broken.clear()
    assert (await person.sync()).transactions_added == 8


@pytest.mark.parametrize(
    "earlier",
    [
        lambda world: {"fetch_bank_transactions": world["fetch_bank_transactions"]},
        lambda world: {"fetch_stock_transactions": world["fetch_stock_transactions"]},
        lambda world: {"fetch_net_worth": {"netWorthResponse": world["fetch_net_worth"]["netWorthResponse"]}},
    ],
    ids=["lines of banks", "trades", "totals"],
)
async def test_what_stood_in_for_an_account_becomes_it(person: Linked, earlier: Callable[[World], World]) -> None:
    await person.link(full_world())
    await person.sync()
    wanted = await person.worth()
    late = Linked(person.engine, UserId(new_uuid()), person.server)
    await late.link(earlier(full_world()))
    await late.sync()
    person.server.worlds = dict.fromkeys(person.server.worlds, full_world())
    await late.sync()
    assert await late.worth() == wanted
    await late.sync()
    assert await late.worth() == wanted


async def test_lines_that_stood_in_become_the_account_and_not_a_total_that_came_before(person: Linked) -> None:
    await person.link(full_world())
    await person.sync()
    wanted = await person.worth()
    late = Linked(person.engine, UserId(new_uuid()), person.server)
    totals = {"fetch_net_worth": {"netWorthResponse": full_world()["fetch_net_worth"]["netWorthResponse"]}}
    await late.link(totals)
    await late.sync()
    lines = {"fetch_bank_transactions": full_world()["fetch_bank_transactions"]}
    for world in (totals | lines, full_world()):
        person.server.worlds = dict.fromkeys(person.server.worlds, world)
        await late.sync()
    assert await late.worth() == wanted


async def test_a_total_that_is_told_no_more_goes_once(person: Linked) -> None:
    def total(attribute: str, rupees_told: int) -> World:
        entry = {"netWorthAttribute": attribute, "value": rupees(rupees_told)}
        return {"fetch_net_worth": {"netWorthResponse": {"assetValues": [entry]}}}

    await person.link(total("ASSET_TYPE_GOLD", 5000))
    await person.sync()
    person.server.worlds = dict.fromkeys(person.server.worlds, total("ASSET_TYPE_SILVER", 10))
    for _ in range(2):
        await person.sync()
        assert await person.worth() == (Decimal(10), Decimal(0))
        assert await person.told("BalanceReported") == 1


async def test_a_server_that_is_not_there(postgres_engine: AsyncEngine, unique_user: UserId) -> None:
    with fake_fi() as gone:
        pass
    with pytest.raises(FiUnavailableError):
        await build_use_cases(postgres_engine, fi=FiSettings(gone.url)).fi.link(FiRequest(user_id=unique_user))


@pytest.mark.parametrize("options", [{"gives_ids": True}, {"streams": True}, {"gives_ids": True, "streams": True}])
async def test_servers_that_name_the_session_or_stream(
    postgres_engine: AsyncEngine, unique_user: UserId, options: dict[str, bool]
) -> None:
    with fake_fi(**options) as server:
        person = Linked(postgres_engine, unique_user, server)
        await person.link(funds_only())
        assert (await person.sync()).investment_transactions_added == 2
        assert (await person.sync()).investment_transactions_added == 0


async def test_people_have_sessions_of_their_own_that_no_one_can_read(person: Linked) -> None:
    await person.link(full_world())
    other = Linked(person.engine, UserId(new_uuid()), person.server)
    assert (await other.finance.fi.link(other.request)).status == "login_required"
    assert (await other.sync()).status == "login_required"
    assert await other.accounts() == {}
    assert len(set(person.server.seen)) == 2
    query = select(fi_links.c.session).where(fi_links.c.user_id == person.request.user_id)
    async with person.engine.connect() as connection:
        sealed = (await connection.execute(query)).scalar_one()
    assert b"mcp-session" not in sealed
    await person.finance.fi.unlink(person.request)
    assert (await person.finance.fi.status(person.request)).status == "not_linked"


async def test_an_account_that_was_made_by_hand_before_is_told_of(person: Linked) -> None:
    for name, kind in (("Mine", AccountType.SAVINGS), ("Purse", AccountType.CASH)):
        await person.finance.open_account(
            OpenAccountRequest(
                user_id=person.request.user_id,
                account_type=kind,
                name=name,
                institution="HDFC Bank",
                opening_balance=Money(Decimal(0)),
            )
        )
    await person.link(full_world())
    assert (await person.sync()).possible_doubles == 2
    told = [(one.reported.name, one.own.name) for one in (await person.finance.fi.list_doubles(person.request)).doubles]
    assert told == [("HDFC Bank savings 1111", "Mine"), ("HDFC Bank savings 2222", "Mine")]
