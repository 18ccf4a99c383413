"""The routes over records and Fi: answers, and problems that say what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.infrastructure.fi_mcp.wiring import FiSettings
from services.financial.infrastructure.wiring import build_use_cases
from services.financial.presentation.router import build_routers
from services.shared.domain.ids import UserId
from tests.support.callers import app_of, caller, client_of
from tests.support.fi_server import FakeFi, fake_fi
from tests.support.fi_worlds import full_world

NOBODY = "019a8f4e-6f0a-7c3e-9a51-6f0d6f0a7c3e"
ENTRY = {"date": "2026-10-01", "amount": "-1", "description": "x"}


@pytest.fixture(scope="module")
def fi() -> Iterator[FakeFi]:
    with fake_fi() as server:
        yield server


@pytest.fixture(scope="module")
def app(postgres_engine: AsyncEngine, fi: FakeFi) -> FastAPI:
    return app_of(build_routers(build_use_cases(postgres_engine, fi=FiSettings(fi.url)), caller))


@pytest.fixture
async def http(app: FastAPI, unique_user: UserId) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app, unique_user) as client:
        opened = await client.post("/accounts", json={"account_type": "cash", "name": "W", "institution": "me"})
        client.headers["x-account"] = opened.json()["id"]
        yield client


async def enter(http: httpx.AsyncClient, **more: object) -> dict[str, object]:
    body = {"account_id": http.headers["x-account"], "date": "2026-10-01", "amount": "-100.00", "description": "Tea"}
    answer = await http.post("/transactions", json=body | more)
    assert answer.status_code == 201, answer.text
    result: dict[str, object] = answer.json()
    return result


async def test_the_life_of_an_entry(http: httpx.AsyncClient) -> None:
    own = (await http.post("/categories", json={"name": "Pets", "parent": "other"})).json()
    one = await enter(http, own_category_id=own["id"], tags=["Dog"])
    assert (one["own_category"], one["tags"], one["entered_by_hand"]) == ("Pets", ["dog"], True)
    path = f"/transactions/{one['id']}"
    parts = [{"amount": "-60", "category": "fuel"}, {"amount": "-40.00", "own_category_id": own["id"]}]
    split = (await http.put(f"{path}/parts", json={"parts": parts})).json()
    assert [part["amount"] for part in split["parts"]] == ["-60.00", "-40.00"]
    edited = (await http.patch(path, json={"note": "hm", "add_tags": ["cat"]})).json()
    assert (edited["note"], edited["tags"]) == ("hm", ["cat", "dog"])
    history = (await http.get(f"{path}/history")).json()["versions"]
    assert [version["change"] for version in history] == ["added", "split", "edited"]
    assert (await http.delete(path)).status_code == 204
    assert (await http.get(path)).status_code == 404
    back = await http.post(f"{path}/restore", json={"version": 1})
    assert back.json() == one
    assert (await http.get(path)).json() == one
    tagged = (await http.get("/transactions", params={"tag": "dog"})).json()["transactions"]
    assert [row["id"] for row in tagged] == [one["id"]]
    groups = (
        await http.get(
            "/finance/spending", params={"from": "2026-10-01", "to": "2026-10-31", "group_by": "own_category"}
        )
    ).json()["groups"]
    assert [(group["key"], group["amount"]) for group in groups] == [("Pets", "100.00")]


async def test_many_at_once_and_exports(http: httpx.AsyncClient) -> None:
    for number in range(3):
        await enter(http, amount=f"-{number + 1}", description="=Sweets")
    body = {"matching": {"text": "sweets"}, "category": "gifts"}
    tried = (await http.post("/transactions/recategorise", params={"dry_run": True}, json=body)).json()
    assert (tried["matching"], tried["changed"], tried["totals"][0]["total_debit"]) == (3, 3, "6.00")
    assert (await http.post("/transactions/recategorise", json=body)).json()["changed"] == 3
    file = await http.get("/transactions/export", params={"account_id": http.headers["x-account"]})
    assert file.headers["content-type"].startswith("text/csv")
    assert "'=Sweets" in file.text
    imported = await http.post(
        f"/accounts/{http.headers['x-account']}/imports", files={"file": ("export.csv", file.content)}
    )
    assert (imported.json()["imported"], imported.json()["duplicates"]) == (0, 3)
    objects = (await http.get("/transactions/export", params={"format": "json"})).json()
    assert {one["category"] for one in objects} == {"gifts"}
    rule = {"pattern": "sweets", "category": "dining"}
    assert (await http.post("/category-rules", params={"dry_run": True}, json=rule)).json()["recategorised"] == 0
    assert (await http.get("/category-rules")).json()["rules"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/transactions", ENTRY | {"account_id": NOBODY}, 404),
        ("POST", "/transactions", {"date": "2126-10-01", "amount": "-1", "description": "x"}, 422),
        ("POST", "/transactions", {"date": "2026-10-01", "amount": "0", "description": "x"}, 422),
        ("POST", "/transactions", {"date": "2026-10-01", "amount": "1e30", "description": "x"}, 422),
        ("POST", "/transactions", {"date": "2026-10-01", "amount": 1.5, "description": "x"}, 422),
        ("POST", "/transactions", {"date": "2026-10-01", "amount": "NaN", "description": "x"}, 422),
        ("POST", "/transactions", {"date": "2026-10-01", "amount": "1", "description": "\u0000"}, 422),
        ("POST", "/transactions", {"date": "2026-10-01", "amount": "1", "description": "x", "tags": ["a,b"]}, 422),
        ("POST", "/transactions", ENTRY | {"own_category_id": NOBODY}, 404),
        ("PATCH", f"/transactions/{NOBODY}", {"note": "x"}, 404),
        ("PATCH", f"/transactions/{NOBODY}", {}, 422),
        ("PUT", f"/transactions/{NOBODY}/parts", {"parts": []}, 404),
        ("POST", f"/transactions/{NOBODY}/restore", {"version": -1}, 422),
        ("POST", f"/transactions/{NOBODY}/restore", {"version": 0}, 404),
        ("DELETE", f"/transactions/{NOBODY}", None, 404),
        ("GET", f"/transactions/{NOBODY}/history", None, 404),
        ("GET", "/transactions/not-an-id", None, 422),
        ("GET", f"/transactions/export?account_id={NOBODY}", None, 404),
        ("GET", "/transactions/export?from=2026-10-02&to=2026-10-01", None, 422),
        ("GET", "/transactions/export?format=xml", None, 422),
        ("POST", "/transactions/recategorise", {"matching": {}, "category": "gifts"}, 422),
        ("POST", "/transactions/recategorise", {"matching": {"text": "x"}}, 422),
        ("POST", "/categories", {"name": "groceries", "parent": "other"}, 422),
        ("POST", "/categories", {"name": "Mine", "parent": "transfer"}, 422),
        ("PATCH", f"/categories/{NOBODY}", {"name": "x"}, 404),
        ("DELETE", f"/categories/{NOBODY}", None, 404),
        ("POST", "/category-rules", {"pattern": "x"}, 422),
        ("POST", "/category-rules", {"pattern": "x", "own_category_id": NOBODY}, 404),
        ("POST", "/fi/sync", None, 409),
        ("GET", "/fi/credit-report", None, 404),
    ],
)  # fmt: skip
async def test_wrong_input_is_told_what_to_do(
    http: httpx.AsyncClient, method: str, path: str, body: dict[str, object] | None, status: int
) -> None:
    if body is not None and path == "/transactions":
        body = {"account_id": http.headers["x-account"]} | body
    answer = await http.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


async def test_fi_over_http(http: httpx.AsyncClient, fi: FakeFi) -> None:
    assert (await http.get("/fi/status")).json()["status"] == "not_linked"
    linked = (await http.post("/fi/link")).json()
    assert linked["status"] == "login_required"
    assert (await http.post("/fi/sync")).json()["login_url"] == linked["login_url"]
    fi.log_in(linked["login_url"], full_world())
    first, again = (await http.post("/fi/sync")).json(), (await http.post("/fi/sync")).json()
    assert first["transactions_added"] == 8
    assert (again["transactions_added"], again["investment_transactions_added"]) == (0, 0)
    report = (await http.get("/fi/credit-report")).json()
    assert (report["score"], report["outstanding"], report["as_of"]) == (746, "1710000", "2026-11-20")
    assert (await http.get("/fi/status")).json()["flags"]
    assert (await http.delete("/fi/link")).status_code == 204
    assert (await http.get("/fi/status")).json()["status"] == "not_linked"


async def test_doubles_are_listed_and_merged(http: httpx.AsyncClient) -> None:
    one = await enter(http)
    account = http.headers["x-account"]
    files = {"file": ("bank.csv", b"Date,Narration,Amount\n2026-10-02,TEA STALL,-100.00\n")}
    loaded = await http.post(f"/accounts/{account}/imports", files=files)
    assert "both count now" in loaded.json()["warnings"][0], loaded.text
    found = (await http.get("/transaction-doubles")).json()
    assert (found["count"], found["doubles"][0]["entered"]["id"]) == (1, one["id"])
    booked = found["doubles"][0]["booked"]["id"]
    for path, problem in ((one["id"], 404), (booked, 409)):
        answer = await http.post(
            f"/transaction-doubles/{path}/merge", json={"booked_id": NOBODY if problem == 404 else booked}
        )
        assert answer.status_code == problem, answer.text
    merged = await http.post(f"/transaction-doubles/{one['id']}/merge", json={"booked_id": booked})
    assert (merged.status_code, merged.json()["id"]) == (200, booked)
    assert (await http.get("/transaction-doubles")).json() == {"count": 0, "doubles": []}


async def test_a_rule_is_changed_in_its_place(http: httpx.AsyncClient) -> None:
    tea = await enter(http, description="Quuxly Adda")
    milk = await enter(http, description="Doodh Wala")
    rule = (await http.post("/category-rules", json={"pattern": "quuxly adda", "category": "dining"})).json()
    assert rule["recategorised"] == 1
    path = f"/category-rules/{rule['id']}"
    wanted = {"pattern": "doodh wala", "category": "groceries"}

    async def categories() -> list[str]:
        return [(await http.get(f"/transactions/{one['id']}")).json()["category"] for one in (tea, milk)]

    before = await categories()
    tried = (await http.put(path, params={"dry_run": True}, json=wanted)).json()
    assert (tried["recategorised"], await categories()) == (2, before)
    changed = (await http.put(path, json=wanted)).json()
    assert (changed["id"], changed["pattern"], changed["recategorised"]) == (rule["id"], "DOODH WALA", 2)
    assert (await categories())[1] == "groceries"
    assert (await categories())[0] != "dining"
    assert [one["id"] for one in (await http.get("/category-rules")).json()["rules"]] == [rule["id"]]
    assert (await http.put(f"/category-rules/{NOBODY}", json=wanted)).status_code == 404
    assert (await http.put(path, json={"pattern": "x"})).status_code == 422
    await http.post("/category-rules", json={"pattern": "quuxly adda", "category": "dining"})
    taken = await http.put(path, json={"pattern": "quuxly adda", "category": "fuel"})
    assert taken.status_code == 409
    assert (await http.get("/category-rules")).json()["rules"][-1]["pattern"] == "DOODH WALA"
