"""Statements that go to asyncpg itself: in a transaction or not, cut off, and refused."""

import asyncio
from decimal import Decimal
from typing import Final

import asyncpg
import pytest
from sqlalchemy import Integer, Numeric, Text, bindparam, func, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine

from data.statements import Statement
from data.transactions import surround

ANSWER: Final = Statement(
    select(
        bindparam("who", type_=Text).label("who"),
        (bindparam("facts", type_=JSONB)["pay"].astext + literal("!")).label("pay"),
        (literal(Decimal("0.10"), Numeric) + bindparam("amount", type_=Numeric)).label("sum"),
        func.current_setting("nivesh.mark", True).label("mark"),
    )
)
SLEEP: Final = Statement(select(func.pg_sleep(bindparam("seconds", type_=Integer))))
DIVIDE: Final = Statement(select(literal(1) / bindparam("by", type_=Integer)))
VALUES: Final = {"who": "आशा", "facts": {"pay": "₹5"}, "amount": Decimal("0.20")}


async def answer(engine: AsyncEngine) -> dict[str, object]:
    (row,) = await ANSWER.rows(engine, VALUES)
    return {name: row[name] for name in ("who", "pay", "sum", "mark")}


async def test_a_statement_has_the_same_rows_within_a_transaction_and_without(engine: AsyncEngine) -> None:
    alone = await answer(engine)
    async with surround(engine) as connection:
        await connection.execute(text("SET LOCAL nivesh.mark = 'within'"))
        within = await answer(engine)
    assert alone == {"who": "आशा", "pay": "₹5!", "sum": Decimal("0.30"), "mark": None}
    assert within == alone | {"mark": "within"}


async def test_a_statement_that_was_cut_off_leaves_nothing_to_the_next(engine: AsyncEngine) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await SLEEP.rows(engine, {"seconds": 60})
    assert (await answer(engine))["pay"] == "₹5!"


async def test_a_statement_that_is_refused_leaves_nothing_to_the_next(engine: AsyncEngine) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await DIVIDE.rows(engine, {"by": 0})
    assert (await answer(engine))["pay"] == "₹5!"
