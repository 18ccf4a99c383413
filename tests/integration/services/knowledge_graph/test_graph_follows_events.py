"""The other contexts' real events, through the projection, to the route."""

from datetime import date
from decimal import Decimal
from uuid import uuid5

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from neo4j import AsyncDriver
from sqlalchemy.ext.asyncio import AsyncEngine

from api.problems import install
from services.financial.domain.account import AccountType
from services.financial.domain.events import AccountOpened
from services.goals.domain.events import GoalCreated, GoalDeleted
from services.goals.domain.goal import GoalType
from services.knowledge_graph.infrastructure.wiring import build_projection, build_use_cases, prepare_stores
from services.knowledge_graph.presentation.router import build_router
from services.shared.application.event_record import EventRecord
from services.shared.domain.events import DomainEvent
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, GoalId, UserId, new_uuid
from services.shared.domain.money import Money
from services.user.domain.events import UserRegistered


def events_of(user_id: UserId, account_id: AccountId, goal_id: GoalId, given_up: GoalId) -> list[DomainEvent]:
    def goal_created(identifier: GoalId) -> GoalCreated:
        return GoalCreated(
            user_id=user_id,
            goal_id=identifier,
            goal_name="Home",
            goal_type=GoalType.HOME,
            target_amount=Money(Decimal("5000000")),
            target_date=date(2031, 3, 31),
            priority=1,
        )

    return [
        UserRegistered(user_id=user_id, first_name="Asha", last_name="Rao", method="password"),
        AccountOpened(
            user_id=user_id,
            account_id=account_id,
            account_type=AccountType.SAVINGS,
            account_name="Salary account",
            institution="HDFC Bank",
            opening_balance=Money(Decimal("10.50")),
        ),
        goal_created(goal_id),
        goal_created(given_up),
        GoalDeleted(user_id=user_id, goal_id=given_up),
    ]


async def overview(driver: AsyncDriver, postgres: AsyncEngine, user_id: UserId) -> dict[str, object]:
    app = FastAPI()
    router = build_router(build_use_cases(driver, postgres), lambda: Identity(user_id), lambda: Identity(user_id))
    app.include_router(router, prefix="/api/v1")
    install(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://nivesh/api/v1") as client:
        response = await client.get("/graph/overview")
    assert response.status_code == 200, response.text
    body: dict[str, object] = response.json()
    return body


async def test_the_graph_follows_events_that_come_twice(
    graph_driver: AsyncDriver, postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    await prepare_stores(graph_driver)
    handler = build_projection(graph_driver)
    account_id, goal_id, given_up = AccountId(new_uuid()), GoalId(new_uuid()), GoalId(new_uuid())
    events = events_of(unique_user, account_id, goal_id, given_up)
    assert {event.topic for event in events} == handler.topics
    for event in [*events, *events]:
        await handler.handle(
            EventRecord(event.event_id, event.topic, event.name, event.user_id, event.occurred_at, event.payload())
        )
    user, account, goal, plan = str(unique_user), str(account_id), str(goal_id), str(uuid5(goal_id, "plan"))
    assert await overview(graph_driver, postgres_engine, unique_user) == {
        "node_counts": {"User": 1, "Account": 1, "Goal": 1, "Transaction": 0, "Category": 0, "Investment": 1},
        "relation_counts": {"HAS_ACCOUNT": 1, "HAS_GOAL": 1, "BELONGS_TO": 0, "CATEGORIZED_AS": 0, "REQUIRES": 1},
        "nodes": [
            {
                "id": account,
                "kind": "Account",
                "properties": {
                    "name": "Salary account",
                    "account_type": "savings",
                    "institution": "HDFC Bank",
                    "currency": "INR",
                },
            },
            {
                "id": goal,
                "kind": "Goal",
                "properties": {
                    "name": "Home",
                    "goal_type": "home",
                    "target_amount": "5000000.00",
                    "currency": "INR",
                    "target_date": "2031-03-31",
                },
            },
            {
                "id": plan,
                "kind": "Investment",
                "properties": {"kind": "plan", "amount": "5000000.00", "currency": "INR", "due_on": "2031-03-31"},
            },
            {"id": user, "kind": "User", "properties": {}},
        ],
        "relations": sorted(
            [
                {"source": user, "kind": "HAS_ACCOUNT", "target": account},
                {"source": user, "kind": "HAS_GOAL", "target": goal},
                {"source": goal, "kind": "REQUIRES", "target": plan},
            ],
            key=lambda relation: relation["source"],
        ),
    }
    stranger = await overview(graph_driver, postgres_engine, UserId(new_uuid()))
    assert stranger["nodes"] == []
