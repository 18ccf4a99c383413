"""The analyses over HTTP and as tools: right figures of a household, and clear problems for wrong input."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest

from data.sample import SampleHousehold
from tests.e2e.test_bad_input import problem
from tests.support.client import Person
from tests.support.oracle import Oracle

FINANCE = "/finance"


def got(person: Person, path: str, **query: str) -> Any:
    response = person.http.get(f"{FINANCE}{path}", params=query)
    assert response.status_code == 200, response.text
    return response.json()


def test_net_worth_over_time_ends_with_what_is_there_now(asha: Person, oracle: Oracle) -> None:
    series = got(asha, "/net-worth/series", months="24")
    assert Decimal(series["net_worth"]) == oracle.net_worth()
    assert len(series["points"]) == 24
    for earlier, later in zip(series["points"], series["points"][1:], strict=False):
        assert Decimal(later["change"]) == Decimal(later["net_worth"]) - Decimal(earlier["net_worth"])
        parts = [Decimal(part["amount"]) for part in later["by_asset"]]
        assert sum(parts) == Decimal(later["assets"])


def test_drivers_over_http_add_up(asha: Person, household: SampleHousehold) -> None:
    months = sorted(household.truth.spend_total)[-3:-1]
    query = {
        "before_from": f"{months[0]}-01",
        "before_to": f"{months[0]}-28",
        "after_from": f"{months[1]}-01",
        "after_to": f"{months[1]}-28",
    }
    found = got(asha, "/compare", **query)
    change = Decimal(found["change"])
    assert sum(Decimal(driver["change"]) for driver in found["categories"]) == change
    listed = sum(Decimal(driver["change"]) for driver in found["payees"])
    assert listed + Decimal(found["other_payees_change"]) == change


def test_every_analysis_answers_a_person_with_records_and_one_without(asha: Person, stranger: Person) -> None:
    for person in (asha, stranger):
        for path, query in (
            ("/cash-flow/analysis", {"from": "2026-01-01", "to": "2026-12-31"}),
            ("/income-stability", {}),
            ("/subscriptions", {}),
            ("/bills", {}),
            ("/anomalies", {}),
            ("/forecast", {"every": "30"}),
            ("/budgets", {}),
            ("/budget-alerts", {}),
            ("/recurring", {}),
        ):
            assert got(person, path, **query)
    assert got(asha, "/subscriptions")["count"] >= 3
    assert got(asha, "/forecast")["is_calibrated"] is True


def test_a_budget_is_set_exceeded_told_of_and_given_up(asha: Person) -> None:
    body = {"amount": "1.00", "rollover": "all", "alert_percent": 50}
    made = asha.http.put(f"{FINANCE}/budgets/rent", json=body)
    assert made.status_code == 200, made.text
    assert (made.json()["limit"], made.json()["level"]) == ("1.00", "exceeded")
    deadline = time.monotonic() + 30
    while not (alerts := got(asha, "/budget-alerts")["alerts"]) and time.monotonic() < deadline:
        pass
    assert [(alert["category"], alert["level"]) for alert in alerts] == [("rent", "exceeded")]
    assert [budget["category"] for budget in got(asha, "/budgets")["budgets"]] == ["rent"]
    assert got(asha, "/budgets/rent")["months"][-1]["spent"] == made.json()["spent"]
    assert asha.http.delete(f"{FINANCE}/budgets/rent").status_code == 204
    problem(asha.http.delete(f"{FINANCE}/budgets/rent"), 404, "budget-not-found")
    problem(asha.http.get(f"{FINANCE}/budgets/rent"), 404, "budget-not-found")


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("get_net_worth_history", {"months": 3}),
        ("analyse_cash_flow", {"from": "2026-01-01", "to": "2026-12-31"}),
        ("get_income_stability", {}),
        (
            "compare_periods",
            {
                "before_from": "2026-08-01",
                "before_to": "2026-08-31",
                "after_from": "2026-09-01",
                "after_to": "2026-09-30",
            },
        ),
        ("review_subscriptions", {}),
        ("get_upcoming_bills", {"days": 31}),
        ("find_anomalies", {}),
        ("forecast_balances", {}),
        ("get_budgets", {}),
    ],
)
def test_each_tool_answers(asha: Person, tool: str, arguments: dict[str, object]) -> None:
    response = asha.http.post(f"/tools/{tool}", json=arguments)
    assert response.status_code == 200, response.text
    problem(asha.http.post(f"/tools/{tool}", json=arguments | {"user_id": "x"}), 422, "invalid-arguments")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/net-worth/series", {"months": "0"}),
        ("/net-worth/series", {"until": "2026-13"}),
        ("/cash-flow/analysis", {"from": "2026-02-02", "to": "2026-02-01"}),
        ("/income-stability", {"months": "121"}),
        ("/compare", {"before_from": "2026-02-02", "before_to": "2026-02-01"}),
        ("/bills", {"from": "2099-01-01"}),
        ("/bills", {"days": "0"}),
        ("/anomalies", {"days": "0"}),
        ("/forecast", {"days": "181"}),
        ("/forecast", {"account_id": "mine"}),
        ("/budgets", {"month": "2099-01"}),
        ("/budgets/fun", {}),
    ],
)
def test_wrong_queries_are_clear_problems(stranger: Person, path: str, query: dict[str, str]) -> None:
    problem(stranger.http.get(f"{FINANCE}{path}", params=query), 422, "invalid-input")


@pytest.mark.parametrize(
    ("category", "body"),
    [
        ("salary", {"amount": "5"}),
        ("rent", {"amount": "0"}),
        ("rent", {"amount": "NaN"}),
        ("rent", {"amount": "1e400"}),
        ("rent", {"amount": "5", "month": "2050-01"}),
        ("rent", {"amount": "5", "alert_percent": 0}),
        ("rent", {"amount": "5", "colour": "red"}),
    ],
)
def test_wrong_budgets_are_clear_problems(stranger: Person, category: str, body: dict[str, object]) -> None:
    problem(stranger.http.put(f"{FINANCE}/budgets/{category}", json=body), 422, "invalid-input")
    assert got(stranger, "/budgets")["budgets"] == []
