from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.goals.infrastructure.wiring import build_use_cases
from services.goals.presentation.router import build_router
from services.shared.domain.clock import FixedClock
from services.shared.domain.ids import UserId, new_uuid
from tests.support.callers import app_of, caller, client_of

CLOCK = FixedClock(datetime(2026, 11, 24, 12, tzinfo=UTC))
BODY: dict[str, Any] = {
    "name": "Trip to Ladakh",
    "goal_type": "travel",
    "target_amount": "150,000",
    "target_date": "2027-11-30",
    "saved_amount": "25000.50",
}


@cache
def app_on(engine: AsyncEngine) -> FastAPI:
    return app_of([build_router(build_use_cases(engine, CLOCK), caller)])


@pytest.fixture
async def client(postgres_engine: AsyncEngine, unique_user: UserId) -> AsyncIterator[AsyncClient]:
    async with client_of(app_on(postgres_engine), unique_user) as client:
        yield client


async def test_set_list_read_and_give_up_a_goal(
    client: AsyncClient, postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    created = await client.post("/goals", json=BODY)
    assert created.status_code == 201, created.text
    goal = created.json()
    place = f"/goals/{goal['id']}"
    assert {key: goal[key] for key in goal if key not in {"id", "created_at"}} == {
        "name": "Trip to Ladakh",
        "goal_type": "travel",
        "state": "unplanned",
        "currency": "INR",
        "target_amount": "150000.00",
        "inflation_adjusted": True,
        "priced_on": "2026-11-24",
        "target_date": "2027-11-30",
        "saved_amount": "25000.50",
        "set_aside_amount": "25000.50",
        "linked_amount": "0.00",
        "linked_accounts": [],
        "monthly_contribution": "0.00",
        "step_up_percent": "0.00",
        "contributes_from": "2026-11-24",
        "priority": 3,
        "as_of": "2026-11-24",
        "remaining_amount": "124999.50",
        "progress_percent": "16.6",
        "months_left": 12,
        "required_monthly": "10416.63",
        "left_out": [],
    }
    assert (await client.get(place)).json() == goal
    assert (await client.get("/goals")).json() == {"as_of": "2026-11-24", "goals": [goal]}
    assert (await client.delete(place)).status_code == 204
    for response in (await client.get(place), await client.delete(place)):
        assert (response.status_code, response.json()["code"]) == (404, "goal-not-found")
    assert (await client.get("/goals")).json()["goals"] == []
    async with postgres_engine.connect() as connection:
        query = select(outbox.c.name).where(outbox.c.key == str(unique_user)).order_by(outbox.c.position)
        assert list(await connection.scalars(query)) == ["GoalCreated", "GoalDeleted"]


@pytest.mark.parametrize(
    "change",
    [
        {"target_amount": "0"},
        {"target_amount": "-1"},
        {"target_amount": "much"},
        {"target_amount": "NaN"},
        {"target_amount": "1e99999999"},
        {"target_amount": 150000},
        {"saved_amount": "-0.01"},
        {"target_date": "2026-11-24"},
        {"target_date": "2026-13-01"},
        {"target_date": "9999-12-31"},
        {"goal_type": "yacht"},
        {"currency": "rupees"},
        {"priority": 9},
        {"name": ""},
        {"name": "   "},
        {"name": "a\x00b"},
        {"name": "x" * 101},
        {"unknown": 1},
        {"user_id": str(new_uuid())},
    ],
)
async def test_what_cannot_be_a_goal_is_refused(client: AsyncClient, change: dict[str, Any]) -> None:
    response = await client.post("/goals", json=BODY | change)
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert (await client.get("/goals")).json()["goals"] == []


async def test_another_persons_goal_does_not_exist(client: AsyncClient, postgres_engine: AsyncEngine) -> None:
    async with client_of(app_on(postgres_engine), UserId(new_uuid())) as other:
        place = f"/goals/{(await other.post('/goals', json=BODY)).json()['id']}"
        assert (await client.get(place)).status_code == 404
        assert (await client.delete(place)).status_code == 404
        assert (await client.get("/goals")).json()["goals"] == []
        assert (await other.get(place)).status_code == 200
