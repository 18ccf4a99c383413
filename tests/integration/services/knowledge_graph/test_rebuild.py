"""The graph of a household with a history: whatever way its events come, and built from the records, it is the same."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from neo4j import AsyncDriver
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from api.account_balances import FinanceAccountBalances
from data.outbox.tables import outbox
from services.financial.application.add_category_rule import AddCategoryRuleRequest
from services.financial.application.import_statement import ImportStatementRequest
from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.recategorise_transaction import RecategoriseTransactionRequest
from services.financial.domain.account import AccountType
from services.financial.domain.categorisation import RuleField, RuleMatch
from services.financial.domain.category import Category
from services.financial.infrastructure import wiring as financial_wiring
from services.goals.application.create_goal import CreateGoalRequest
from services.goals.application.delete_goal import DeleteGoalRequest
from services.goals.application.link_accounts import LinkAccountsRequest
from services.goals.application.update_goal import UpdateGoalRequest
from services.goals.domain.goal import GoalType
from services.goals.domain.savings import AccountLink
from services.goals.infrastructure import wiring as goals_wiring
from services.knowledge_graph.application.rebuild_graph import RebuildGraphRequest
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.knowledge_graph.infrastructure.projections import GraphProjection
from services.knowledge_graph.infrastructure.wiring import build_use_cases, prepare_stores
from services.shared.application.event_record import EventRecord
from services.shared.application.restatement import Restatement
from services.shared.domain.clock import SystemClock
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money
from tests.support.graph import dump

LINES = 40


def statement() -> bytes:
    """Forty days of one payee and another, and a transfer to savings every tenth day."""
    lines = ["Date,Description,Amount"]
    for number in range(LINES):
        day = date(2026, 8, 1) + timedelta(days=number)
        payee = "UPI-SWIGGY-swiggy@icici" if number % 2 else "UPI-BLINKIT-blinkit@hdfc"
        lines.append(f"{day},{payee},-{100 + number}.{number:02d}")
    return "\n".join([*lines, "2026-09-30,NEFT SALARY ACME LTD,90000.00"]).encode()


async def live(postgres: AsyncEngine, user_id: UserId) -> None:
    """A household with a history: two accounts, an import, words on categories, goals kept and given up."""
    finance = financial_wiring.build_use_cases(postgres)
    goals = goals_wiring.build_use_cases(postgres, SystemClock(), FinanceAccountBalances(finance.list_accounts))
    accounts = [
        await finance.open_account(
            OpenAccountRequest(
                user_id=user_id,
                account_type=AccountType.SAVINGS,
                name=name,
                institution="HDFC Bank",
                opening_balance=Money(Decimal("1000")),
            )
        )
        for name in ("Salary", "Savings")
    ]
    for account in accounts:
        await finance.import_statement(
            ImportStatementRequest(
                user_id=user_id, account_id=account.account_id, content=statement(), filename="a.csv"
            )
        )
    page = await finance.list_transactions(ListTransactionsRequest(user_id=user_id, limit=10))
    for transaction, category in zip(page.transactions, (Category.RENT, Category.TAX, Category.GIFTS), strict=False):
        await finance.recategorise_transaction(
            RecategoriseTransactionRequest(
                user_id=user_id, transaction_id=transaction.transaction_id, category=category
            )
        )
    await finance.add_category_rule(
        AddCategoryRuleRequest(
            user_id=user_id,
            field=RuleField.NARRATION,
            match=RuleMatch.CONTAINS,
            pattern="blinkit",
            category=Category.SHOPPING,
        )
    )
    for name in ("Home", "Given up"):
        goal = await goals.create_goal(
            CreateGoalRequest(
                user_id=user_id,
                name=name,
                goal_type=GoalType.HOME,
                target_amount=Money(Decimal("500000")),
                target_date=date(2036, 1, 1),
            )
        )
        for kept in (accounts, accounts[1:]):
            links = tuple(AccountLink(account.account_id, Decimal(40)) for account in kept)
            await goals.link_accounts(LinkAccountsRequest(user_id=user_id, goal_id=goal.goal.id, links=links))
        changed = UpdateGoalRequest(user_id=user_id, goal_id=goal.goal.id, target_amount=Decimal(600000))
        await goals.update_goal(changed)
    await goals.delete_goal(DeleteGoalRequest(user_id=user_id, goal_id=goal.goal.id))


async def events_of(postgres: AsyncEngine, user_id: UserId) -> list[EventRecord]:
    async with postgres.connect() as connection:
        rows = await connection.execute(select(outbox).where(outbox.c.key == str(user_id)).order_by(outbox.c.position))
        return [
            EventRecord(row.event_id, row.topic, row.name, UUID(row.key), row.occurred_at, row.payload) for row in rows
        ]


@pytest.fixture
async def household(postgres_engine: AsyncEngine, graph_driver: AsyncDriver) -> AsyncIterator[UserId]:
    await prepare_stores(graph_driver)
    user_id = UserId(new_uuid())
    await live(postgres_engine, user_id)
    yield user_id
    await Neo4jGraphRepository(graph_driver).remove_user(user_id)


def restatements(postgres: AsyncEngine) -> Sequence[Restatement]:
    return [financial_wiring.build_restatement(postgres), goals_wiring.build_restatement(postgres)]


async def test_the_graph_is_the_same_in_any_order_of_delivery_and_from_the_records(
    household: UserId, postgres_engine: AsyncEngine, graph_driver: AsyncDriver
) -> None:
    graph = Neo4jGraphRepository(graph_driver)
    projection = GraphProjection(graph)
    events = await events_of(postgres_engine, household)
    for event in events:
        await projection.handle(event)
    grown = await dump(graph_driver, [household])
    nodes, relations = grown
    assert sum(kinds == ["Transaction"] for _, kinds, _ in nodes) == 2 * (LINES + 1)
    assert sum(kinds == ["Goal"] for _, kinds, _ in nodes) == 1
    assert sum(kind == "REQUIRES" for _, kind, _, _ in relations) == 2
    assert [dict(told)["target_amount"] for _, kinds, told in nodes if kinds == ["Goal"]] == ["600000.00"]
    assert sum(kind == "CATEGORIZED_AS" for _, kind, _, _ in relations) == 2 * (LINES + 1)
    assert {dict(told)["name"] for _, kinds, told in nodes if kinds == ["Category"]} >= {"rent", "tax", "shopping"}

    for seed in range(3):
        shuffled = [*events, *events]
        random.Random(seed).shuffle(shuffled)
        await graph.remove_user(household)
        for event in shuffled:
            await projection.handle(event)
        assert await dump(graph_driver, [household]) == grown

    use_cases = build_use_cases(graph_driver, postgres_engine, restatements=restatements(postgres_engine))
    progress: list[tuple[int, int]] = []
    told = await use_cases.rebuild_graph(
        RebuildGraphRequest(user_id=household, on_progress=lambda done, total: progress.append((done, total)))
    )
    assert await dump(graph_driver, [household]) == grown
    assert told.things == 2 * (LINES + 1) + 4
    assert progress[0] == (0, told.things)
    assert progress[-1] == (told.things, told.things)


async def test_events_that_come_during_a_rebuild_or_again_after_it_change_nothing_but_what_is_newer(
    household: UserId, postgres_engine: AsyncEngine, graph_driver: AsyncDriver
) -> None:
    projection = GraphProjection(Neo4jGraphRepository(graph_driver))
    use_cases = build_use_cases(graph_driver, postgres_engine, restatements=restatements(postgres_engine))
    events = await events_of(postgres_engine, household)
    for event in events:
        await projection.handle(event)
    await use_cases.rebuild_graph(RebuildGraphRequest(user_id=household))
    built = await dump(graph_driver, [household])
    for event in reversed(events):
        if event.name != "GoalDeleted":
            await projection.handle(event)
    assert await dump(graph_driver, [household]) == built

    finance = financial_wiring.build_use_cases(postgres_engine)
    (newest,) = (await finance.list_transactions(ListTransactionsRequest(user_id=household, limit=1))).transactions
    await finance.recategorise_transaction(
        RecategoriseTransactionRequest(user_id=household, transaction_id=newest.transaction_id, category=Category.OTHER)
    )
    for event in (await events_of(postgres_engine, household))[len(events) :]:
        await projection.handle(event)
    changed = await dump(graph_driver, [household])
    assert changed != built
    await use_cases.rebuild_graph(RebuildGraphRequest(user_id=household))
    assert await dump(graph_driver, [household]) == changed
