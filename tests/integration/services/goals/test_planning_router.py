"""The planning routes: answers that agree with each other, and wrong input told apart."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncEngine

from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.goals.test_router import BODY, app_on
from tests.support.callers import client_of

PLANNED = BODY | {"target_date": "2031-11-30", "monthly_contribution": "2000", "step_up_percent": "5"}


@pytest.fixture
async def client(postgres_engine: AsyncEngine, unique_user: UserId) -> AsyncIterator[AsyncClient]:
    async with client_of(app_on(postgres_engine), unique_user) as client:
        yield client


async def made(client: AsyncClient, **changes: Any) -> str:
    created = await client.post("/goals", json=PLANNED | changes)
    assert created.status_code == 201, created.text
    return f"/goals/{created.json()['id']}"


async def test_a_plan_and_a_simulation_say_what_they_rest_on(client: AsyncClient) -> None:
    place = await made(client)
    plan = (await client.get(f"{place}/plan", params={"step_up_percent": "8"})).json()
    assert (plan["as_of"], plan["months_left"], plan["step_up_percent"]) == ("2026-11-24", 60, "8")
    assert Decimal(plan["required_monthly_stepped"]) < Decimal(plan["required_monthly"])
    assert [year["years_left"] for year in plan["glide_path"]] == [4, 3, 2, 1, 0]
    assert plan["assumptions"]["version"] == "2026-11"
    assert "Tax, costs and fees are not taken off." in plan["left_out"]
    simulation = (await client.get(f"{place}/simulation", params={"interval": "month", "seed": 3})).json()
    assert (len(simulation["fan"]), simulation["seed"], simulation["paths"]) == (60, 3, 10_000)
    assert simulation["target_on_date"] == plan["target_on_date"]
    assert Decimal(simulation["standard_error_percent"]) > 0
    assert (await client.get(f"{place}/simulation", params={"interval": "month", "seed": 3})).json() == simulation


async def test_what_if_changes_nothing(client: AsyncClient) -> None:
    place = await made(client)
    before = (await client.get(place)).json()
    changes = {"target_amount": "200,000", "monthly_contribution": "4000", "expected_return_percent": "-3"}
    view = (await client.post(f"{place}/what-if", json=changes)).json()
    assert Decimal(view["after"]["target_on_date"]) > Decimal(view["before"]["target_on_date"])
    assert Decimal(view["difference"]["projected_on_date"]) == Decimal(view["after"]["projected_on_date"]) - Decimal(
        view["before"]["projected_on_date"]
    )
    assert (await client.get(place)).json() == before


async def test_change_contribute_and_page(client: AsyncClient) -> None:
    place = await made(client)
    changed = (await client.patch(place, json={"name": "Spiti", "priority": 1, "target_amount": None})).json()
    assert (changed["name"], changed["priority"], changed["target_amount"]) == ("Spiti", 1, "150000.00")
    for amount in ("1", "2", "3"):
        recorded = await client.post(f"{place}/contributions", json={"amount": amount, "note": f"no. {amount}"})
        assert recorded.status_code == 201
    assert recorded.json()["goal"]["set_aside_amount"] == "25006.50"
    first = (await client.get(f"{place}/contributions", params={"limit": 2})).json()
    rest = (await client.get(f"{place}/contributions", params={"limit": 2, "before": first["next_before"]})).json()
    amounts = [one["amount"] for page in (first, rest) for one in page["contributions"]]
    assert (amounts, rest["next_before"]) == (["3.00", "2.00", "1.00"], None)
    assert (await client.delete(place)).status_code == 204
    assert (await client.get(f"{place}/contributions")).status_code == 404


async def test_a_surplus_goes_by_priority(client: AsyncClient) -> None:
    await made(client, name="Second", priority=2)
    await made(client, name="First", priority=1)
    await made(client, name="Abroad", currency="USD")
    view = (await client.post("/goals/allocation", json={"surplus": "3000", "unit": "100"})).json()
    assert [goal["name"] for goal in view["goals"]] == ["First", "Second"]
    first, second = view["goals"]
    assert first["funded_percent"] == "100.0"
    assert Decimal(first["allocated"]) + Decimal(second["allocated"]) == Decimal(view["allocated"]) == 3000
    assert "Abroad: it is in USD." in view["left_out"]


async def test_own_assumptions(client: AsyncClient) -> None:
    place = await made(client)
    before = (await client.get(f"{place}/plan")).json()
    changed = await client.patch("/goals/assumptions", json={"values": {"inflation.general_percent": "9"}})
    assert changed.status_code == 200, changed.text
    after = (await client.get(f"{place}/plan")).json()
    assert Decimal(after["target_on_date"]) > Decimal(before["target_on_date"])
    assert {"name": "inflation.general_percent", "value": "9.00", "personal": True} in after["assumptions"]["figures"]
    assert (await client.delete("/goals/assumptions")).status_code == 200
    assert (await client.get(f"{place}/plan")).json() == before
    figures = (await client.get("/goals/assumptions")).json()["figures"]
    assert all(figure["source"] and figure["value"] == figure["default"] for figure in figures)


async def test_retirement_counts_the_retirement_goals(client: AsyncClient) -> None:
    await made(client, goal_type="retirement", saved_amount="100000", target_amount="20000000")
    wanted = {"age": 40, "retire_at": 60, "monthly_expenses": "50000", "monthly_contribution": "30000"}
    view = (await client.post("/goals/retirement", json=wanted)).json()
    assert (view["saved"], view["until_age"]) == ("100000.00", 90)
    assert Decimal(view["gap"]) == max(Decimal(view["corpus_required"]) - Decimal(view["projected_corpus"]), Decimal(0))
    told = (await client.post("/goals/retirement", json=wanted | {"saved": "0"})).json()
    assert Decimal(told["required_monthly"]) > Decimal(view["required_monthly"])


HUGE = "9" * 39
WRONG: list[tuple[str, str, Any]] = [
    ("PATCH", "{goal}", {"target_amount": "0"}),
    ("PATCH", "{goal}", {"target_amount": HUGE}),
    ("PATCH", "{goal}", {"target_date": "2020-01-01"}),
    ("PATCH", "{goal}", {"step_up_percent": "50.01"}),
    ("PATCH", "{goal}", {"step_up_percent": "1.234"}),
    ("PATCH", "{goal}", {"monthly_contribution": "-1"}),
    ("PATCH", "{goal}", {"monthly_contribution": "1e30"}),
    ("PATCH", "{goal}", {"saved_amount": "NaN"}),
    ("PATCH", "{goal}", {"unknown": 1}),
    ("PATCH", "{goal}", {"name": "a\x00b"}),
    ("POST", "{goal}/contributions", {"amount": "0"}),
    ("POST", "{goal}/contributions", {"amount": "-99999999"}),
    ("POST", "{goal}/contributions", {"amount": "Infinity"}),
    ("POST", "{goal}/contributions", {"amount": "1e-999999"}),
    ("POST", "{goal}/contributions", {"amount": "1", "made_on": "2026-11-25"}),
    ("POST", "{goal}/contributions", {"amount": "1", "made_on": "1900-01-01"}),
    ("POST", "{goal}/contributions", {"amount": "1", "note": "\ud800x"}),
    ("PUT", "{goal}/accounts", {"accounts": [{"account_id": str(new_uuid()), "share_percent": "101"}]}),
    ("PUT", "{goal}/accounts", {"accounts": [{"account_id": str(new_uuid()), "share_percent": "0"}]}),
    ("POST", "{goal}/what-if", {}),
    ("POST", "{goal}/what-if", {"lump_sum": "-1"}),
    ("POST", "{goal}/what-if", {"lump_sum": HUGE}),
    ("POST", "{goal}/what-if", {"expected_return_percent": "31"}),
    ("POST", "{goal}/what-if", {"monthly_contribution": "1", "paths": 1}),
    ("POST", "{goal}/what-if", {"monthly_contribution": "1", "seed": 2**32}),
    ("GET", "{goal}/plan?step_up_percent=abc", None),
    ("GET", "{goal}/plan?step_up_percent=51", None),
    ("GET", "{goal}/simulation?paths=100001", None),
    ("GET", "{goal}/simulation?monthly_contribution=-5", None),
    ("GET", "{goal}/contributions?limit=0", None),
    ("GET", "{goal}/contributions?before=x", None),
    ("GET", "/goals/nonsense/plan", None),
    ("POST", "/goals/allocation", {"surplus": "0"}),
    ("POST", "/goals/allocation", {"surplus": "100", "unit": "0"}),
    ("POST", "/goals/allocation", {"surplus": "100", "unit": "0.015"}),
    ("POST", "/goals/allocation", {"surplus": "100", "currency": "rupees"}),
    ("POST", "/goals/retirement", {"age": 40, "retire_at": 39, "monthly_expenses": "1"}),
    ("POST", "/goals/retirement", {"age": 40, "retire_at": 95, "monthly_expenses": "1"}),
    ("POST", "/goals/retirement", {"age": 40, "retire_at": 60, "monthly_expenses": "0"}),
    ("POST", "/goals/retirement", {"age": 40, "retire_at": 60, "monthly_expenses": "1", "saved": "-1"}),
    ("PATCH", "/goals/assumptions", {"values": {"luck": "7"}}),
    ("PATCH", "/goals/assumptions", {"values": {"equity.volatility_percent": "1000"}}),
    ("PATCH", "/goals/assumptions", {"values": {"equity.volatility_percent": "sNaN"}}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRONG)
async def test_wrong_input_is_a_problem(client: AsyncClient, method: str, path: str, body: Any) -> None:
    place = await made(client)
    before = (await client.get("/goals")).json()
    content = None if body is None else json.dumps(body)
    headers = {"content-type": "application/json"}
    response = await client.request(method, path.format(goal=place), content=content, headers=headers)
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert len(response.json()["detail"]) > 10
    assert (await client.get("/goals")).json() == before


async def test_what_grows_beyond_all_measure_is_told(client: AsyncClient) -> None:
    place = await made(client, target_amount="1" + "0" * 15, target_date="2126-11-20", step_up_percent="50")
    for path in ("plan", "simulation"):
        response = await client.get(f"{place}/{path}")
        assert (response.status_code, response.json()["code"]) == (422, "invalid-input")
        assert "beyond all measure" in response.json()["detail"]


async def test_another_persons_goal_does_not_exist(client: AsyncClient, postgres_engine: AsyncEngine) -> None:
    async with client_of(app_on(postgres_engine), UserId(new_uuid())) as other:
        place = await made(other)
    for method, path, body in (
        ("PATCH", place, {"priority": 1}),
        ("GET", f"{place}/plan", None),
        ("GET", f"{place}/simulation", None),
        ("POST", f"{place}/what-if", {"lump_sum": "1"}),
        ("POST", f"{place}/contributions", {"amount": "1"}),
        ("GET", f"{place}/contributions", None),
        ("PUT", f"{place}/accounts", {"accounts": []}),
    ):
        response = await client.request(method, path, json=body)
        assert (response.status_code, response.json()["code"]) == (404, "goal-not-found"), path
