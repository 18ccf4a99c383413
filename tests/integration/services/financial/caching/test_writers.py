"""Whatever changes records, the figures that were cached before it are not told after it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.add_category_rule import AddCategoryRuleRequest
from services.financial.application.change_category_rule import CategoryRuleChanges, ChangeCategoryRuleRequest
from services.financial.application.delete_category_rule import DeleteCategoryRuleRequest
from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.list_category_rules import ListCategoryRulesRequest
from services.financial.application.recategorise_transaction import RecategoriseTransactionRequest
from services.financial.application.records.delete_transaction import DeleteTransactionRequest
from services.financial.application.records.merge_double import MergeDoubleRequest
from services.financial.application.records.own_categories import (
    ChangeCategoryRequest,
    DeleteCategoryRequest,
    ListCategoriesRequest,
)
from services.financial.application.records.recategorise_transactions import RecategoriseTransactionsRequest
from services.financial.application.records.restore_transaction import RestoreTransactionRequest
from services.financial.application.rollups.check_figures import CheckFiguresRequest
from services.financial.application.views import TransactionView
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.infrastructure.caching.cached_finance_reader import CachedFinanceReader
from services.financial.infrastructure.caching.query_cache import QueryCache
from services.financial.infrastructure.caching.versions import PostgresFinanceVersions
from services.financial.infrastructure.fi_mcp.wiring import FiSettings
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from services.financial.infrastructure.rollups.tables import transaction_months
from services.financial.infrastructure.wiring import build_use_cases
from tests.integration.services.financial.records.conftest import Records
from tests.support.fi_server import fake_fi
from tests.support.fi_worlds import full_world

FILE = b"Date,Narration,Amount\n2026-10-03,UPI-CHAI POINT-1,-40.00\n2026-10-09,SHOP,-500.00\n"
Write = Callable[[Records], Awaitable[object]]


async def tea(records: Records) -> TransactionView:
    """What was entered by hand."""
    return (await records.all())["TEA"]


async def booked(records: Records) -> TransactionView:
    return next(one for one in (await records.all()).values() if one.amount == -500)


async def add_rule(records: Records) -> None:
    request = AddCategoryRuleRequest(user_id=records.user_id, pattern="chai", category=Category.GIFTS)
    await records.use_cases.add_category_rule(request)


async def change_rule(records: Records) -> None:
    rules = await records.use_cases.list_category_rules(ListCategoryRulesRequest(user_id=records.user_id))
    changes = CategoryRuleChanges(user_id=records.user_id, category=Category.HEALTH)
    await records.use_cases.change_category_rule(
        ChangeCategoryRuleRequest(rule_id=rules.rules[0].rule_id, wanted=changes)
    )


async def delete_rule(records: Records) -> None:
    rules = await records.use_cases.list_category_rules(ListCategoryRulesRequest(user_id=records.user_id))
    await records.use_cases.delete_category_rule(
        DeleteCategoryRuleRequest(user_id=records.user_id, rule_id=rules.rules[0].rule_id)
    )


async def recategorise(records: Records) -> None:
    shop = await booked(records)
    await records.use_cases.recategorise_transaction(
        RecategoriseTransactionRequest(
            user_id=records.user_id, transaction_id=shop.transaction_id, category=Category.EDUCATION
        )
    )


async def recategorise_all(records: Records) -> None:
    wanted = TransactionFilter(user_id=records.user_id, text="shop")
    await records.do.recategorise_transactions(
        RecategoriseTransactionsRequest(wanted=wanted, category=Category.SHOPPING)
    )


async def split(records: Records) -> None:
    await records.split((await booked(records)).transaction_id, ("-200", Category.FUEL), ("-300", Category.HEALTH))


async def into_own_category(records: Records) -> None:
    pets = await records.category("Pets", Category.OTHER)
    await records.edit((await tea(records)).transaction_id, own_category_id=pets)


async def rename_category(records: Records) -> None:
    await _change_category(records, name="Animals")


async def move_category(records: Records) -> None:
    await _change_category(records, parent=Category.GROCERIES)


async def _change_category(records: Records, **changes: Any) -> None:
    (own,) = (await records.do.list_categories(ListCategoriesRequest(user_id=records.user_id))).own
    await records.do.change_category(
        ChangeCategoryRequest(user_id=records.user_id, category_id=own.category_id, **changes)
    )


async def delete_category(records: Records) -> None:
    (own,) = (await records.do.list_categories(ListCategoriesRequest(user_id=records.user_id))).own
    await records.do.delete_category(DeleteCategoryRequest(user_id=records.user_id, category_id=own.category_id))


async def remove(records: Records) -> None:
    await records.enter("a", "-7", "Biscuit")
    biscuit = (await records.all())["BISCUIT"].transaction_id
    await records.do.delete_transaction(DeleteTransactionRequest(user_id=records.user_id, transaction_id=biscuit))
    await records.do.restore_transaction(
        RestoreTransactionRequest(user_id=records.user_id, transaction_id=biscuit, version=1)
    )


async def merge(records: Records) -> None:
    line = next(one for one in (await records.all()).values() if "chai" in one.narration.lower())
    await records.do.merge_double(
        MergeDoubleRequest(
            user_id=records.user_id,
            entered_id=(await tea(records)).transaction_id,
            booked_id=line.transaction_id,
        )
    )


async def load(records: Records) -> None:
    await records.load("a", FILE)


WRITES: tuple[Write, ...] = (
    load, add_rule, change_rule, delete_rule, recategorise, recategorise_all, split, into_own_category,
    rename_category, move_category, delete_category, remove, merge,
)  # fmt: skip


class Figures:
    """The same questions with the cache and without it."""

    def __init__(self, engine: AsyncEngine, redis: Redis, records: Records) -> None:
        self.plain = PostgresFinanceReader(engine)
        self.cached = CachedFinanceReader(self.plain, PostgresFinanceVersions(engine), QueryCache(redis))
        self.wanted = TransactionFilter(user_id=records.user_id)

    async def agreed(self) -> list[object]:
        """All of them, once it is sure that both say the same."""
        answers: list[object] = []
        for grouping in Grouping:
            answers.append(await self.cached.totals(self.wanted, grouping, "INR"))
            assert answers[-1] == await self.plain.totals(self.wanted, grouping, "INR")
        answers.append(await self.cached.match_totals(self.wanted))
        assert answers[-1] == await self.plain.match_totals(self.wanted)
        return answers


@pytest.fixture
async def figures(postgres_engine: AsyncEngine, redis_client: Redis, records: Records) -> Figures:
    await records.open("a")
    await records.enter("a", "-40", "Tea", day=2)
    return Figures(postgres_engine, redis_client, records)


async def test_after_each_kind_of_write_the_figures_are_those_of_the_records(
    figures: Figures, records: Records
) -> None:
    before = await figures.agreed()
    for write in WRITES:
        await write(records)
        after = await figures.agreed()
        assert after != before, f"{write.__name__} changes no figure, so it shows nothing"
        before = after


async def test_after_a_fetch_from_fi(figures: Figures, records: Records, postgres_engine: AsyncEngine) -> None:
    before = await figures.agreed()
    with fake_fi() as server:
        fi = build_use_cases(postgres_engine, fi=FiSettings(server.url)).fi
        view = await fi.link(FiRequest(user_id=records.user_id))
        assert view.login_url
        server.log_in(view.login_url, full_world())
        assert (await fi.sync(FiRequest(user_id=records.user_id))).transactions_added > 0
    assert await figures.agreed() != before


async def test_after_a_repair(figures: Figures, records: Records, postgres_engine: AsyncEngine) -> None:
    kept = transaction_months.c.account_id == records.accounts["a"]
    async with postgres_engine.begin() as connection:
        await connection.execute(delete(transaction_months).where(kept))
    wrong = await figures.agreed()
    repaired = await records.use_cases.check_figures(CheckFiguresRequest(user_id=records.user_id, repair=True))
    assert repaired.repaired
    assert await figures.agreed() != wrong
