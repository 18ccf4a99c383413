"""Recording investments on a real database: nothing lost, nothing twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.investments.record_holdings import RecordHoldingsRequest
from services.financial.application.investments.record_investment_transactions import (
    RecordInvestmentTransactionsRequest,
)
from services.financial.domain.account import AccountType
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.investments.holding import HoldingLine, NotAnInvestmentAccountError
from services.financial.domain.investments.instrument import InstrumentKind, InstrumentRef
from services.financial.domain.investments.transaction import InvestmentLine, InvestmentType
from services.financial.infrastructure.investments.tables import (
    holding_snapshots,
    holdings,
    instruments,
    investment_transactions,
)
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId, new_uuid
from tests.integration.services.financial.conftest import Books

FUND = InstrumentRef(kind=InstrumentKind.MUTUAL_FUND, name="Flexi Cap Direct", isin="INF879O01027")


def a_purchase(day: int = 5, units: str = "10", reference: str = "", ref: InstrumentRef = FUND) -> InvestmentLine:
    return InvestmentLine(
        instrument=ref,
        type=InvestmentType.BUY,
        traded_on=date(2026, 1, day),
        units=Decimal(units),
        price=Decimal(50),
        reference=reference,
    )


async def rows(engine: AsyncEngine, user_id: UserId) -> list[tuple[Decimal, Decimal]]:
    table = investment_transactions
    query = select(table.c.units, table.c.amount).where(table.c.user_id == user_id).order_by(table.c.units)
    async with engine.connect() as connection:
        return [(row[0], row[1]) for row in await connection.execute(query)]


async def record(books: Books, account: AccountId, *lines: InvestmentLine) -> tuple[int, int, int]:
    view = await books.use_cases.investments.record_investment_transactions(
        RecordInvestmentTransactionsRequest(user_id=books.user_id, account_id=account, lines=lines, source="test")
    )
    return view.recorded, view.duplicates, view.instruments


async def test_the_same_batch_again_adds_nothing(books: Books, postgres_engine: AsyncEngine) -> None:
    account = await books.open("Funds", AccountType.MUTUAL_FUND)
    batch = [a_purchase(), a_purchase(), a_purchase(6)]

    assert await record(books, account, *batch) == (3, 0, 1)
    assert await record(books, account, *reversed(batch)) == (0, 3, 0)
    assert await rows(postgres_engine, books.user_id) == [(Decimal(10), Decimal(500))] * 3


async def test_a_batch_that_overlaps_adds_what_is_new(books: Books) -> None:
    account = await books.open("Funds", AccountType.MUTUAL_FUND)

    assert await record(books, account, a_purchase()) == (1, 0, 1)
    assert await record(books, account, a_purchase(), a_purchase(), a_purchase(7)) == (2, 1, 0)


async def test_a_reference_identifies_a_trade_whatever_else_changed(books: Books) -> None:
    account = await books.open("Funds", AccountType.MUTUAL_FUND)

    assert await record(books, account, a_purchase(reference="T1"), a_purchase(reference="T1")) == (1, 1, 1)
    assert await record(books, account, a_purchase(8, "11", reference="T1")) == (0, 1, 0)


async def test_instruments_are_found_by_any_identifier_and_learnt(books: Books, postgres_engine: AsyncEngine) -> None:
    account = await books.open("Funds", AccountType.MUTUAL_FUND)
    by_name = InstrumentRef(kind=InstrumentKind.MUTUAL_FUND, name="FLEXI CAP DIRECT")
    with_code = InstrumentRef(kind=InstrumentKind.MUTUAL_FUND, name="Flexi", isin=FUND.isin, amfi_code="122639")
    by_code = InstrumentRef(kind=InstrumentKind.MUTUAL_FUND, name="another spelling", amfi_code="122639")

    for ref in (by_name, FUND, with_code, by_code):
        await record(books, account, a_purchase(ref=ref, units="3"))

    query = select(instruments).where(instruments.c.user_id == books.user_id)
    async with postgres_engine.connect() as connection:
        [row] = (await connection.execute(query)).mappings().all()
    assert (row["isin"], row["amfi_code"], row["name"]) == (FUND.isin, "122639", "FLEXI CAP DIRECT")


async def test_only_ones_own_investment_accounts_take_investments(books: Books) -> None:
    savings = await books.open("Salary", AccountType.SAVINGS)

    with pytest.raises(NotAnInvestmentAccountError):
        await record(books, savings, a_purchase())
    with pytest.raises(AccountNotFoundError):
        await record(books, AccountId(new_uuid()), a_purchase())


async def test_a_day_ahead_is_refused(books: Books) -> None:
    account = await books.open("Funds", AccountType.MUTUAL_FUND)
    ahead = InvestmentLine(
        instrument=FUND, type=InvestmentType.BUY, traded_on=date(2126, 1, 1), units=Decimal(1), price=Decimal(1)
    )

    with pytest.raises(InvalidInputError, match="Transaction 2"):
        await record(books, account, a_purchase(), ahead)


async def test_a_snapshot_takes_the_place_of_the_same_days(books: Books, postgres_engine: AsyncEngine) -> None:
    account = await books.open("Funds", AccountType.MUTUAL_FUND)
    day = date(2026, 2, 1)

    for units in ("5", "7"):
        line = HoldingLine(instrument=FUND, units=Decimal(units), value=Decimal(100))
        view = await books.use_cases.investments.record_holdings(
            RecordHoldingsRequest(user_id=books.user_id, account_id=account, as_of=day, lines=[line, line])
        )
        assert (view.holdings, view.as_of) == (1, day)

    query = select(holdings.c.units, holdings.c.value, holdings.c.invested).join(holding_snapshots)
    async with postgres_engine.connect() as connection:
        found = (await connection.execute(query.where(holding_snapshots.c.user_id == books.user_id))).all()
    assert [tuple(row) for row in found] == [(Decimal(14), Decimal(200), None)]
