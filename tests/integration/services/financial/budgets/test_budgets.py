"""Budgets on a household's records, their alerts through the outbox, and the tools that change them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from data.sample import SampleHousehold, generate_household
from services.financial.application.budgets.delete_budget import DeleteBudgetRequest
from services.financial.application.budgets.get_budget import GetBudgetRequest
from services.financial.application.budgets.get_budgets import GetBudgetsRequest
from services.financial.application.budgets.list_budget_alerts import ListBudgetAlertsRequest
from services.financial.application.budgets.raise_budget_alerts import RaiseBudgetAlertsRequest
from services.financial.application.budgets.set_budget import SetBudgetRequest
from services.financial.application.budgets.views import BudgetsView, BudgetView
from services.financial.application.budgets.watch_budgets import WatchBudgets
from services.financial.domain.budgets.budget import Rollover
from services.financial.domain.budgets.errors import BudgetNotFoundError
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.application.event_record import EventRecord
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money
from tests.integration.services.financial.conftest import Books
from tools.budgets import BudgetsArguments, DeleteBudgetArguments, SetBudgetArguments, budget_tools

END = date(2026, 10, 31)
OCTOBER = Month(2026, 10)


@pytest.fixture
async def household(books: Books) -> SampleHousehold:
    made = generate_household(41, end=END, months=4)
    await books.load_household(made)
    return made


async def set_budget(
    books: Books, category: Category, amount: str, month: str | None = None, rollover: Rollover | None = None
) -> None:
    await books.use_cases.budgets.set_budget(
        SetBudgetRequest(
            user_id=books.user_id,
            category=category,
            amount=Money(Decimal(amount)),
            month=Month.parse(month) if month else None,
            rollover=rollover,
        )
    )


async def events(engine: AsyncEngine, user_id: UserId, *names: str) -> list[str]:
    query = select(outbox.c.name).where(outbox.c.key == str(user_id), outbox.c.name.in_(names))
    async with engine.connect() as connection:
        return sorted((await connection.execute(query)).scalars())


async def test_a_month_of_budgets_is_the_ledgers(books: Books, household: SampleHousehold) -> None:
    spend = household.truth.spend
    await set_budget(books, Category.GROCERIES, "20000", "2026-08", Rollover.ALL)
    await set_budget(books, Category.FUEL, "100", "2026-10")
    found = await books.use_cases.budgets.get_budgets(GetBudgetsRequest(user_id=books.user_id, month=OCTOBER))
    fuel, groceries = found.budgets
    assert (fuel.category, groceries.category) == (Category.FUEL, Category.GROCERIES)
    carried = 40000 - spend["2026-08"]["groceries"] - spend["2026-09"]["groceries"]
    assert groceries.carried_over == carried
    assert groceries.spent == spend["2026-10"]["groceries"]
    assert groceries.remaining == 20000 + carried - groceries.spent
    assert fuel.level == "exceeded"
    assert found.total_spent == groceries.spent + fuel.spent
    assert found.spent_without_budget == household.truth.spend_total["2026-10"] - found.total_spent
    earlier = await books.use_cases.budgets.get_budgets(GetBudgetsRequest(user_id=books.user_id, month=Month(2026, 8)))
    assert [budget.category for budget in earlier.budgets] == [Category.GROCERIES]
    history = await books.use_cases.budgets.get_budget(
        GetBudgetRequest(user_id=books.user_id, category=Category.GROCERIES)
    )
    assert [month.spent for month in history.months] == [spend[f"2026-{m:02}"]["groceries"] for m in (8, 9, 10)]
    stranger = await books.use_cases.budgets.get_budgets(GetBudgetsRequest(user_id=UserId(new_uuid())))
    assert stranger.budgets == ()


async def test_alerts_are_given_once_told_of_and_given_again_after_a_change(
    books: Books, household: SampleHousehold, postgres_engine: AsyncEngine
) -> None:
    groceries = household.truth.spend["2026-10"]["groceries"]
    await set_budget(books, Category.GROCERIES, str(groceries), "2026-10")
    await set_budget(books, Category.RENT, "1", "2026-10")
    watch = WatchBudgets(books.use_cases.budgets.raise_alerts)
    record = EventRecord(new_uuid(), "financial", "StatementImported", books.user_id, datetime.now(UTC), {})
    for _ in range(2):
        await watch.handle(record)
    listed = await books.use_cases.budgets.list_alerts(ListBudgetAlertsRequest(user_id=books.user_id))
    assert {(alert.category, alert.level, alert.month) for alert in listed.alerts} == {
        (Category.GROCERIES, "near", "2026-10"),
        (Category.RENT, "exceeded", "2026-10"),
    }
    told = ("BudgetExceeded", "BudgetNearlySpent")
    assert await events(postgres_engine, books.user_id, *told) == ["BudgetExceeded", "BudgetNearlySpent"]

    await set_budget(books, Category.GROCERIES, "1", "2026-10")
    assert await books.use_cases.budgets.raise_alerts(RaiseBudgetAlertsRequest(user_id=books.user_id)) == 1
    again = await books.use_cases.budgets.list_alerts(ListBudgetAlertsRequest(user_id=books.user_id, limit=1))
    assert [(alert.category, alert.level) for alert in again.alerts] == [(Category.GROCERIES, "exceeded")]
    await watch.handle(EventRecord(new_uuid(), "financial", "BudgetExceeded", books.user_id, datetime.now(UTC), {}))
    assert len(await events(postgres_engine, books.user_id, *told)) == 3


async def test_tools_say_what_they_will_do_then_do_it(books: Books, household: SampleHousehold) -> None:
    reading, setting, deleting = budget_tools(books.use_cases)
    me = Identity(books.user_id)
    assert setting.preview is not None
    assert deleting.preview is not None
    with pytest.raises(BudgetNotFoundError):
        await deleting.preview(me, DeleteBudgetArguments(category=Category.DINING))
    wanted = SetBudgetArguments.model_validate({"category": "dining", "amount": "9000", "rollover": "unused"})
    preview = await setting.preview(me, wanted)
    assert preview.summary == "Set the monthly budget for dining to ₹9,000.00 from 2026-10 on."
    shown = await reading.run(me, BudgetsArguments())
    assert isinstance(shown, BudgetsView)
    assert shown.budgets == ()
    done = await setting.run(me, wanted)
    assert isinstance(done, BudgetView)
    assert (done.spent, done.rollover) == (household.truth.spend["2026-10"]["dining"], "unused")
    preview = await setting.preview(me, wanted.model_copy(update={"amount": Decimal(8000)}))
    assert ("Now", "₹9,000.00") in preview.details
    assert preview.summary.startswith("Change")
    assert "history" in (await deleting.preview(me, DeleteBudgetArguments(category=Category.DINING))).summary
    await deleting.run(me, DeleteBudgetArguments(category=Category.DINING))
    with pytest.raises(BudgetNotFoundError):
        await deleting.run(me, DeleteBudgetArguments(category=Category.DINING))
    with pytest.raises(InvalidInputError, match="not spending"):
        await setting.preview(me, wanted.model_copy(update={"category": Category.SALARY}))
    with pytest.raises(InvalidInputError, match="10 years"):
        await setting.preview(me, wanted.model_copy(update={"month": "2047-01"}))


async def test_another_persons_budget_cannot_be_deleted(books: Books, household: SampleHousehold) -> None:
    await set_budget(books, Category.FUEL, "5000")
    with pytest.raises(BudgetNotFoundError):
        await books.use_cases.budgets.delete_budget(
            DeleteBudgetRequest(user_id=UserId(new_uuid()), category=Category.FUEL)
        )
    assert household.truth.spend
    kept = await books.use_cases.budgets.get_budgets(GetBudgetsRequest(user_id=books.user_id))
    assert [(budget.category, budget.limit) for budget in kept.budgets] == [(Category.FUEL, Decimal("5000.00"))]
