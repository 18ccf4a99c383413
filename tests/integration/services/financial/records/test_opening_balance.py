"""A person puts right what an account held before its first transaction on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from redis.asyncio import Redis
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.financial.application.get_net_worth import GetNetWorthRequest
from services.financial.application.records.change_opening_balance import ChangeOpeningBalanceRequest
from services.financial.application.records.get_opening_balance import GetOpeningBalanceRequest
from services.financial.domain.errors import AccountNotFoundError
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money
from tests.integration.services.financial.records.conftest import STATEMENT, Records
from tools.opening_balance import OpeningBalanceArguments, opening_balance_tools

BEFORE = date(2026, 9, 30)


async def test_every_balance_differs_by_as_much_and_what_it_was_is_kept(
    postgres_engine: AsyncEngine, redis_client: Redis, records: Records
) -> None:
    finance = records.use_cases = build_use_cases(postgres_engine, redis=redis_client)
    account_id = await records.open("Salary", opening="9000")
    await records.load("Salary", STATEMENT)
    worth = GetNetWorthRequest(user_id=records.user_id, as_of=BEFORE)
    assert (await finance.get_net_worth(worth)).net_worth == Decimal("9000.00")

    change = ChangeOpeningBalanceRequest(
        user_id=records.user_id, account_id=account_id, opening_balance=Decimal("10000.50")
    )
    changed = await finance.records.change_opening_balance(change)
    assert (changed.balance, changed.transactions) == (Decimal("8960.50"), 2)
    assert (await finance.get_net_worth(worth)).net_worth == Decimal("10000.50")
    await finance.records.change_opening_balance(change)

    opening = await finance.records.get_opening_balance(
        GetOpeningBalanceRequest(user_id=records.user_id, account_id=account_id)
    )
    assert opening.opening_balance == Decimal("10000.50")
    assert [(one.before, one.after, one.actor) for one in opening.changes] == [
        (Decimal("9000.00"), Decimal("10000.50"), "person")
    ]
    told = select(outbox.c.payload).where(
        outbox.c.key == str(records.user_id), outbox.c.name == "OpeningBalanceChanged"
    )
    async with postgres_engine.connect() as connection:
        (payload,) = (await connection.execute(told)).scalars()
    assert payload["previous"] == {"amount": "9000.00", "currency": "INR"}
    assert payload["opening_balance"] == {"amount": "10000.50", "currency": "INR"}


async def test_the_assistant_shows_what_the_balance_comes_to(records: Records) -> None:
    await records.open("Salary", opening="100")
    (tool,) = opening_balance_tools(records.use_cases)
    wanted = OpeningBalanceArguments(account_id=records.accounts["Salary"], opening_balance=Decimal("-250"))
    assert tool.preview is not None
    preview = await tool.preview(Identity(records.user_id), wanted)
    assert preview.summary == "Have 'Salary' begin with -₹250.00."
    assert ("Balance then", "-₹250.00") in preview.details
    await tool.run(Identity(records.user_id), wanted)
    request = GetOpeningBalanceRequest(user_id=records.user_id, account_id=records.accounts["Salary"])
    assert [one.actor for one in (await records.do.get_opening_balance(request)).changes] == ["assistant"]


async def test_nobody_elses_and_nothing_out_of_bounds(records: Records) -> None:
    account_id = await records.open("Salary")
    change = ChangeOpeningBalanceRequest(
        user_id=records.user_id, account_id=account_id, opening_balance=Money.parse("1").amount
    )
    stranger = UserId(new_uuid())
    with pytest.raises(AccountNotFoundError):
        await records.do.change_opening_balance(replace(change, user_id=stranger))
    with pytest.raises(AccountNotFoundError):
        await records.do.get_opening_balance(GetOpeningBalanceRequest(user_id=stranger, account_id=account_id))
    with pytest.raises(InvalidInputError):
        await records.do.change_opening_balance(replace(change, opening_balance=Decimal(10) ** 17))
