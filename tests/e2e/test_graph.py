"""The knowledge graph of a household over HTTP, as tools, and on the command line."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from data.embedded import running_engines
from data.sample import generate_household
from tests.e2e.test_command_line import nivesh
from tests.support.client import Person
from tests.support.oracle import Oracle

# It starts many processes, which takes minutes on a machine that is busy with others.
pytestmark = pytest.mark.timeout(300)

MOST_WAIT_S = 60


def when(person: Person, ready: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The overview once the graph has followed."""
    deadline = time.monotonic() + MOST_WAIT_S
    while True:
        overview: dict[str, Any] = person.http.get("/graph/overview").json()
        if ready(overview):
            return overview
        if time.monotonic() > deadline:
            raise AssertionError(f"the graph did not follow: {overview['node_counts']}")
        time.sleep(0.1)


@pytest.fixture(scope="module")
def goal_id(asha: Person, oracle: Oracle) -> str:
    """A goal that is linked to the household's second account; the graph knows all of it."""
    made = asha.http.post(
        "/goals",
        json={"name": "Ladakh", "goal_type": "travel", "target_amount": "150000", "target_date": "2036-03-31"},
    )
    assert made.status_code == 201, made.text
    goal = str(made.json()["id"])
    links = {"accounts": [{"account_id": asha.accounts["sbi"], "share_percent": "100"}]}
    linked = asha.http.put(f"/goals/{goal}/accounts", json=links)
    assert linked.status_code == 200, linked.text
    lines = sum(account["transactions"] for account in asha.http.get("/accounts").json()["accounts"])
    when(
        asha,
        lambda seen: seen["node_counts"]["Transaction"] == lines and seen["node_counts"]["Investment"] == 2,
    )
    return goal


def test_the_graph_has_the_whole_household(asha: Person, goal_id: str) -> None:
    overview = when(asha, lambda seen: seen["node_counts"]["Goal"] == 1)
    assert overview["node_counts"]["Account"] == 3
    assert overview["relation_counts"]["BELONGS_TO"] == overview["node_counts"]["Transaction"] > 100
    assert {node["properties"].get("name") for node in overview["nodes"]} >= {"HDFC savings", "Ladakh", "rent"}


def test_flows_agree_with_the_sums_of_the_records(asha: Person, goal_id: str) -> None:
    flow = asha.http.get("/graph/flow", params={"months": 3}).json()
    period = {"from": flow["from"], "to": flow["to"]}
    flows = asha.http.get("/finance/cash-flow", params=period).json()
    # Refunds are money in under their own category; the records' totals have them taken off.
    refunds = Decimal(flow["spending"]) - Decimal(flows["spending"])
    assert 0 <= refunds < Decimal(flows["spending"]) / 5
    assert flow["income"] == flows["income"]
    assert flow["left_out"] == []
    by_kind = {kind: [one for one in flow["flows"] if one["kind"] == kind] for kind in ("income_to_account",)}
    assert by_kind["income_to_account"]
    first_of_month = date.fromisoformat(flow["as_of"]).replace(day=1)
    assert date.fromisoformat(flow["to"]) == first_of_month - timedelta(days=1)


def test_what_a_goal_depends_on_and_what_an_account_carries(asha: Person, goal_id: str) -> None:
    found = asha.http.get(f"/graph/goals/{goal_id}/dependencies").json()
    assert ("SBI savings", "linked") in {(one["name"], one["role"]) for one in found["accounts"]}
    impact = asha.http.get(f"/graph/accounts/{asha.accounts['sbi']}/impact").json()
    assert [one["goal"] for one in impact["goals"]] == ["Ladakh"]
    salary = asha.http.get(f"/graph/accounts/{asha.accounts['hdfc']}/impact").json()
    assert Decimal(salary["income_percent"]) > 50
    assert salary["income"][0]["category"] == "salary"
    assert salary["regular_payments"]
    tool = asha.http.post("/tools/get_account_impact", json={"account_id": asha.accounts["hdfc"]})
    assert tool.status_code == 200, tool.text
    assert tool.json()["impact"]["income_percent"] == salary["income_percent"]


def test_queries_over_http(asha: Person, stranger: Person, goal_id: str) -> None:
    def ask(person: Person, query: str, **parameters: object) -> httpx.Response:
        return person.http.post("/graph/query", json={"query": query, "parameters": parameters})

    counted = ask(asha, "MATCH (a:Account) WHERE a.name = $name RETURN a.name, count(a)", name="SBI savings")
    assert counted.json() == {"columns": ["a.name", "count(a)"], "rows": [["SBI savings", 1]], "truncated": False}
    assert ask(stranger, "MATCH (n:Account) RETURN count(n)").json()["rows"] == [[0]]
    assert ask(asha, "MATCH (t:Transaction) RETURN t.id LIMIT 2").json()["truncated"] is False
    refused = ask(asha, "MATCH (n) DETACH DELETE n")
    assert refused.status_code == 422
    assert refused.json()["code"] == "cypher-not-allowed"
    assert refused.json()["position"] == 10
    assert ask(asha, "").status_code == 422
    assert ask(asha, "MATCH (n) RETURN n", **{"not a name": 1}).status_code == 422
    when(asha, lambda seen: seen["node_counts"]["Account"] == 3)


def test_a_key_without_the_scope_asks_no_queries(asha: Person, goal_id: str) -> None:
    made = asha.http.post("/api-keys", json={"name": "reader", "scopes": ["graph:read"]})
    assert made.status_code == 201, made.text
    key = next(value for value in made.json().values() if isinstance(value, str) and value.startswith("nvsh_"))
    with httpx.Client(base_url=asha.http.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as reader:
        assert reader.get("/graph/overview").status_code == 200
        assert reader.post("/graph/query", json={"query": "RETURN 1 AS one"}).status_code == 403
        assert reader.put("/graph/consent", json={"granted": True}).status_code == 403


def test_consent_is_off_and_of_too_few_nothing_is_told(stranger: Person) -> None:
    assert stranger.http.get("/graph/consent").json() == {"granted": False, "changed_at": None}
    assert stranger.http.get("/graph/similar").json()["state"] == "no_consent"
    given = stranger.http.put("/graph/consent", json={"granted": True})
    assert given.json()["granted"] is True
    similar = stranger.http.get("/graph/similar").json()
    assert similar["cohort"] is None
    assert similar["state"] in {"not_enough_people", "not_enough_records"}
    assert stranger.http.put("/graph/consent", json={"granted": False}).json()["granted"] is False


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graph/flow?months=0", 422),
        ("/graph/flow?currency=rupees", 422),
        ("/graph/goals/nothing/dependencies", 422),
        ("/graph/goals/0198c0de-0000-7000-8000-000000000000/dependencies", 404),
        ("/graph/accounts/0198c0de-0000-7000-8000-000000000000/impact", 404),
    ],
)
def test_wrong_questions_are_told(stranger: Person, path: str, status: int) -> None:
    answer = stranger.http.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_graph_on_the_command_line(tmp_path: Path) -> None:
    household = generate_household(5, end=date(2026, 10, 31), months=3)
    (tmp_path / "a.csv").write_bytes(household.exports["hdfc_savings.csv"])
    with running_engines(tmp_path / "data"):
        imported = nivesh(tmp_path, "import", str(tmp_path / "a.csv"))
        assert imported.returncode == 0, imported.stderr
        lines = int(imported.stdout.split()[1])

        rebuilt = nivesh(tmp_path, "graph", "rebuild")
        assert rebuilt.returncode == 0, rebuilt.stderr
        # The person, the account and its transactions.
        assert f"from {lines + 2} records" in rebuilt.stdout

        counted = nivesh(tmp_path, "graph", "query", "MATCH (t:Transaction) RETURN count(t) AS n")
        assert counted.stdout == f"n\n{lines}\n"
