"""Accounts that a person has twice, by Fi and of their own making: what is said of them settles it, and counts once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.financial.application.fi.list_doubles import FiDoublesView
from services.financial.application.fi.resolve_double import FiResolutionView, ResolveFiDoubleRequest
from services.financial.application.get_net_worth import GetNetWorthRequest
from services.financial.application.import_statement import ImportStatementRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.records.edit_transaction import EditTransactionRequest
from services.financial.application.records.get_history import GetTransactionHistoryRequest
from services.financial.application.records.restore_transaction import RestoreTransactionRequest
from services.financial.application.rollups.check_figures import CheckFiguresRequest
from services.financial.domain.account import AccountType
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.fi.twins import (
    HoldingsDoNotMergeError,
    LeftOutBeforeError,
    NotTwinsError,
    TwinDecision,
)
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money
from tests.integration.services.financial.fi.test_sync import Linked, fi, person
from tests.support.fi_worlds import full_world

__all__ = ["fi", "person"]

SALARY = "HDFC Bank savings 1111"
# The bank's own words: a line that is older than Fi's, and two that Fi tells as well.
FILE = b"""Date,Narration,Amount,Balance
2026-09-28,NEFT RENT,-9000.00,10000.00
2026-10-01,ACME PAYROLL OCT,50000.00,60000.00
2026-10-02,POS CHAI,-250.50,59749.50
"""
# The same account later on, with all that Fi had told meanwhile, and one line that it had not.
LATER = (
    FILE
    + b"""2026-10-02,POS CHAI,-250.50,59499.00
2026-10-03,INT PAID,120.00,59619.00
2026-10-03,TAX,-12.00,59607.00
2026-10-10,ATM AFTERWARDS,-100.00,59507.00
"""
)


async def open_own(
    person: Linked, name: str = "Mine", kind: AccountType = AccountType.SAVINGS, opening: str = "19000"
) -> AccountId:
    view = await person.finance.open_account(
        OpenAccountRequest(
            user_id=person.request.user_id,
            account_type=kind,
            name=name,
            institution="HDFC Bank" if kind is AccountType.SAVINGS else "Zerodha",
            opening_balance=Money(Decimal(opening)),
        )
    )
    return view.account_id


async def load(person: Linked, account: AccountId, content: bytes = FILE) -> int:
    request = ImportStatementRequest(user_id=person.request.user_id, account_id=account, content=content)
    return (await person.finance.import_statement(request)).imported


async def said(person: Linked, own: AccountId, decision: TwinDecision, name: str = SALARY) -> FiResolutionView:
    account = (await person.accounts())[name].account_id
    return await person.finance.fi.resolve_double(
        ResolveFiDoubleRequest(
            user_id=person.request.user_id, account_id=account, own_account_id=own, decision=decision
        )
    )


async def doubles(person: Linked) -> FiDoublesView:
    return await person.finance.fi.list_doubles(person.request)


async def net_worth(person: Linked) -> Decimal:
    return (await person.finance.get_net_worth(GetNetWorthRequest(user_id=person.request.user_id))).net_worth


async def is_consistent(person: Linked) -> bool:
    view = await person.finance.check_figures(CheckFiguresRequest(user_id=person.request.user_id))
    return (view.wrong_sums, view.wrong_accounts) == (0, 0)


def told_besides(person: Linked, *lines: list[Any]) -> None:
    """Fi tells more lines of the salary account from now on."""
    world = full_world()
    world["fetch_bank_transactions"]["bankTransactions"][0]["txns"][:0] = lines
    person.server.worlds = dict.fromkeys(person.server.worlds, world)


async def test_merged_they_are_one_account_whose_lines_count_once(person: Linked) -> None:
    own = await open_own(person)
    await load(person, own)
    await person.link(full_world())
    assert (await person.sync()).possible_doubles == 2
    assert (await person.finance.fi.status(person.request)).possible_doubles == 2
    pairs = {one.reported.name: one for one in (await doubles(person)).doubles}
    assert pairs[SALARY].own.account_id == own
    assert pairs[SALARY].decision is None
    before = await net_worth(person)
    tea = next(one for one in await person.transactions() if one.date.day == 2 and "UPI" in one.narration)
    await person.finance.records.edit_transaction(
        EditTransactionRequest(user_id=person.request.user_id, transaction_id=tea.transaction_id, note="with Asha")
    )

    view = await said(person, own, TwinDecision.MERGE)
    assert (view.same, view.moved, view.balance, view.reported) == (2, 3, Decimal("59607.00"), Decimal("59607.00"))
    assert SALARY not in await person.accounts()
    assert (await person.accounts())["Mine"].balance == Decimal("59607.00")
    assert await net_worth(person) == before - Decimal("59749.50")
    mine = [one for one in await person.transactions() if one.account == "Mine"]
    assert len(mine) == 6
    assert [one.note for one in mine if one.note] == ["with Asha"]
    assert await is_consistent(person)
    assert (await doubles(person)).undecided == 0

    for _ in range(2):
        again = await person.sync()
        assert (again.transactions_added, again.accounts_opened, again.possible_doubles) == (0, 0, 0)
    assert await load(person, own, LATER) == 1
    told_besides(person, ["100", "ATM CASH", "2026-10-10", 2, "ATM", "59507"])
    assert (await person.sync()).transactions_added == 0
    told_besides(person, ["7", "NEW", "2026-10-11", 2, "UPI", "59500"], ["100", "ATM", "2026-10-10", 2, "ATM", "59507"])
    assert (await person.sync()).transactions_added == 1
    assert (await person.accounts())["Mine"].balance == Decimal("59500.00")
    assert await is_consistent(person)


async def test_what_went_in_a_merge_has_its_history_and_comes_back_to_the_own_account(person: Linked) -> None:
    own = await open_own(person)
    await load(person, own)
    await person.link(full_world())
    await person.sync()
    salary = next(one for one in await person.transactions() if "ACME SALARY" in one.narration)
    await said(person, own, TwinDecision.MERGE)
    me = person.request.user_id
    history = await person.finance.records.get_transaction_history(
        GetTransactionHistoryRequest(user_id=me, transaction_id=salary.transaction_id)
    )
    assert [(one.change, one.after) for one in history.versions] == [("deleted", None)]
    restored = await person.finance.records.restore_transaction(
        RestoreTransactionRequest(user_id=me, transaction_id=salary.transaction_id, version=0)
    )
    assert (restored.account, restored.amount) == ("Mine", Decimal("50000.00"))
    assert await is_consistent(person)


async def test_left_out_nothing_of_it_counts_until_they_are_said_to_be_two(person: Linked) -> None:
    own = await open_own(person)
    await load(person, own)
    await person.link(full_world())
    await person.sync()
    before = await net_worth(person)
    view = await said(person, own, TwinDecision.LEAVE_OUT)
    assert (view.taken_away, view.balance) == (5, Decimal("59749.50"))
    assert await net_worth(person) == before - Decimal("59607.00")
    told_besides(person, ["100", "ATM CASH", "2026-10-10", 2, "ATM", "59507"])
    for _ in range(2):
        assert (await person.sync()).transactions_added == 0
    accounts = await person.accounts()
    assert (accounts[SALARY].balance, accounts[SALARY].transactions) == (Decimal("0.00"), 0)
    assert accounts["HDFC Bank savings 2222"].balance == Decimal("8500.00")
    assert await is_consistent(person)
    with pytest.raises(LeftOutBeforeError):
        await said(person, own, TwinDecision.MERGE)

    await said(person, own, TwinDecision.SEPARATE)
    assert (await person.sync()).transactions_added == 6
    assert (await person.accounts())[SALARY].balance == Decimal("59507.00")
    assert await net_worth(person) == before - Decimal("100.00")
    assert await is_consistent(person)
    (pair,) = [one for one in (await doubles(person)).doubles if one.reported.name == SALARY]
    assert pair.decision is TwinDecision.SEPARATE


async def test_holdings_are_left_out_and_not_merged(person: Linked) -> None:
    own = await open_own(person, "Demat", AccountType.STOCKS, "0")
    await person.link(full_world())
    await person.sync()
    demat = next(one.reported.name for one in (await doubles(person)).doubles if one.own.account_id == own)
    with pytest.raises(HoldingsDoNotMergeError):
        await said(person, own, TwinDecision.MERGE, demat)
    before, trades = await net_worth(person), await person.trades()
    await said(person, own, TwinDecision.LEAVE_OUT, demat)
    without = await net_worth(person)
    assert without < before
    await person.sync()
    assert await net_worth(person) == without
    await said(person, own, TwinDecision.SEPARATE, demat)
    await person.sync()
    assert (await net_worth(person), await person.trades()) == (before, trades)


async def test_a_trial_changes_nothing_and_what_is_no_pair_is_refused(person: Linked) -> None:
    own = await open_own(person)
    await load(person, own)
    await person.link(full_world())
    await person.sync()
    accounts, rows = await person.accounts(), await person.transactions()
    request = ResolveFiDoubleRequest(
        user_id=person.request.user_id,
        account_id=accounts[SALARY].account_id,
        own_account_id=own,
        decision=TwinDecision.MERGE,
        dry_run=True,
    )
    for decision in TwinDecision:
        view = await person.finance.fi.resolve_double(replace(request, decision=decision))
        assert view.dry_run
    assert (await person.accounts(), await person.transactions()) == (accounts, rows)
    assert (await doubles(person)).undecided == 2
    card = accounts["HDFC Bank credit card 5555"].account_id
    for wrong in (replace(request, account_id=card), replace(request, account_id=own, own_account_id=card)):
        with pytest.raises(NotTwinsError):
            await person.finance.fi.resolve_double(wrong)
    with pytest.raises(AccountNotFoundError):
        await person.finance.fi.resolve_double(replace(request, user_id=UserId(new_uuid())))
