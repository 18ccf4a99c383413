"""Goals follow the accounts of the financial context, and tell each change once though many check at the same time."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from api.account_balances import FinanceAccountBalances
from data.outbox.tables import outbox
from services.financial.application.import_statement import ImportStatementRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import AccountView
from services.financial.domain.account import AccountType
from services.financial.infrastructure import wiring as financial_wiring
from services.goals.application.check_goals import CheckGoalsRequest
from services.goals.application.create_goal import CreateGoalRequest
from services.goals.application.get_goal import GetGoalRequest
from services.goals.application.goal_view import GoalView
from services.goals.application.link_accounts import LinkAccountsRequest
from services.goals.application.use_cases import GoalsUseCases
from services.goals.domain.goal import GoalState, GoalType
from services.goals.domain.savings import AccountLink
from services.goals.infrastructure import wiring as goals_wiring
from services.goals.infrastructure.postgres_goals import PostgresGoalsUnitOfWork
from services.shared.application.event_record import EventRecord
from services.shared.domain.clock import FixedClock
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
STATEMENT = "Date,Narration,Amount,Balance\n05/11/2026,SALARY,90000.00,100000.00\n"


async def told(engine: AsyncEngine, user_id: UserId) -> list[str]:
    query = select(outbox.c.name).where(outbox.c.key == str(user_id), outbox.c.topic == "goals")
    async with engine.connect() as connection:
        return list(await connection.scalars(query.order_by(outbox.c.position)))


@pytest.fixture
def finance(postgres_engine: AsyncEngine) -> FinancialUseCases:
    return financial_wiring.build_use_cases(postgres_engine, FixedClock(NOW))


@pytest.fixture
def goals(postgres_engine: AsyncEngine, finance: FinancialUseCases) -> GoalsUseCases:
    return goals_wiring.build_use_cases(postgres_engine, FixedClock(NOW), FinanceAccountBalances(finance.list_accounts))


async def savings(finance: FinancialUseCases, user_id: UserId, balance: int) -> AccountView:
    return await finance.open_account(
        OpenAccountRequest(
            user_id=user_id,
            account_type=AccountType.SAVINGS,
            name="Savings",
            institution="A bank",
            opening_balance=Money(Decimal(balance)),
        )
    )


async def cushion(goals: GoalsUseCases, user_id: UserId) -> GoalView:
    return await goals.create_goal(
        CreateGoalRequest(
            user_id=user_id,
            name="Cushion",
            goal_type=GoalType.EMERGENCY_FUND,
            target_amount=Money(Decimal(90_000)),
            target_date=date(2027, 11, 24),
        )
    )


async def test_an_import_that_reaches_a_goal_is_told_once(
    postgres_engine: AsyncEngine, finance: FinancialUseCases, goals: GoalsUseCases, unique_user: UserId
) -> None:
    account = await savings(finance, unique_user, 10_000)
    goal = await cushion(goals, unique_user)
    links = (AccountLink(account.account_id),)
    await goals.link_accounts(LinkAccountsRequest(user_id=unique_user, goal_id=goal.goal.id, links=links))
    await import_salary(finance, unique_user, account.account_id)
    (handler,) = goals_wiring.build_handlers(goals)
    record = EventRecord(new_uuid(), "financial", "StatementImported", unique_user, NOW, {})
    await asyncio.gather(
        *(handler.handle(record) for _ in range(4)),
        *(goals.check_goals(CheckGoalsRequest(user_id=unique_user)) for _ in range(4)),
    )
    assert await told(postgres_engine, unique_user) == ["GoalCreated", "GoalAccountsLinked", "GoalReached"]
    view = await goals.get_goal(GetGoalRequest(user_id=unique_user, goal_id=goal.goal.id))
    assert (view.goal.state, view.savings.linked) == (GoalState.REACHED, Money(Decimal(100_000)))


async def import_salary(finance: FinancialUseCases, user_id: UserId, account_id: AccountId) -> None:
    view = await finance.import_statement(
        ImportStatementRequest(
            user_id=user_id,
            account_id=account_id,
            content=STATEMENT.encode(),
            filename="savings.csv",
        )
    )
    assert view.imported == 1


async def test_one_share_is_not_given_to_two_goals_at_once(
    finance: FinancialUseCases, goals: GoalsUseCases, unique_user: UserId
) -> None:
    account = await savings(finance, unique_user, 10_000)
    made = [await cushion(goals, unique_user) for _ in range(4)]
    share = (AccountLink(account.account_id, Decimal(60)),)
    outcomes = await asyncio.gather(
        *(
            goals.link_accounts(LinkAccountsRequest(user_id=unique_user, goal_id=view.goal.id, links=share))
            for view in made
        ),
        return_exceptions=True,
    )
    assert sum(not isinstance(outcome, BaseException) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, InvalidInputError) for outcome in outcomes) == 3


async def test_a_goal_follows_its_account_into_another(
    postgres_engine: AsyncEngine, finance: FinancialUseCases, goals: GoalsUseCases, unique_user: UserId
) -> None:
    stays = await savings(finance, unique_user, 95_000)
    gone = AccountId(new_uuid())
    goal = await cushion(goals, unique_user)
    async with PostgresGoalsUnitOfWork(postgres_engine) as unit:
        await unit.goals.set_links(goal.goal.id, [AccountLink(gone)])
        await unit.commit()
    (handler,) = goals_wiring.build_handlers(goals)
    payload = {"account_id": str(gone), "into_account_id": str(stays.account_id)}
    record = EventRecord(new_uuid(), "financial", "AccountsMerged", unique_user, NOW, {**payload})
    await asyncio.gather(*(handler.handle(record) for _ in range(3)))
    assert await told(postgres_engine, unique_user) == ["GoalCreated", "GoalAccountsLinked", "GoalReached"]
    view = await goals.get_goal(GetGoalRequest(user_id=unique_user, goal_id=goal.goal.id))
    assert (view.links, view.savings.linked) == ((AccountLink(stays.account_id),), Money(Decimal(95_000)))
