"""Income tax over HTTP, and what records hint at."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import AsyncClient

from tests.integration.services.financial.investments.conftest import account_of, client, record

__all__ = ["client"]

STATEMENT = b"""Date,Narration,Amount
05/05/2026,LIC OF INDIA PREMIUM,-24000.00
06/05/2026,STAR HEALTH AND ALLIED INSURANCE,-18000.00
07/05/2026,SWIGGY,-400.00
05/02/2026,LIC OF INDIA PREMIUM,-9000.00
"""


async def test_both_regimes(client: AsyncClient) -> None:
    body = {"financial_year": "2025-26", "gross_salary": "1285000", "section_80c": "150000"}
    view = (await client.post("/tax/compare", json=body)).json()

    assert (view["new"]["total_income"], view["new"]["rebate_relief"], view["new"]["payable"]) == (
        "1210000.00",
        "51500.00",
        "10400.00",
    )
    assert (view["old"]["deducted"], view["old"]["payable"]) == ("200000.00", "143520.00")
    assert (view["better"], view["saving"], view["hints"]) == ("new", "133120.00", [])
    assert "not advice" in view["note"]
    assert view["act"].startswith("Finance Act, 2025")


async def test_the_running_year_is_taken_and_says_which_act(client: AsyncClient) -> None:
    view = (await client.post("/tax/compare", json={"gross_salary": "1000000"})).json()

    assert (view["financial_year"], view["new"]["payable"]) == ("2026-27", "0.00")
    assert "Finance Act, 2026" in view["act"]


async def test_records_hint_at_what_was_not_said(client: AsyncClient) -> None:
    bank = await account_of(client, "savings", "Bank")
    mapping = '{"date": "Date", "narration": "Narration", "amount": "Amount"}'
    imported = await client.post(
        f"/accounts/{bank}/imports", files={"file": ("a.csv", STATEMENT)}, data={"mapping": mapping}
    )
    assert imported.status_code == 200, imported.text
    funds = await account_of(client)
    elss = {"kind": "mutual_fund", "name": "Some ELSS Tax Saver Fund"}
    trade = {"instrument": elss, "type": "sip", "traded_on": "2026-06-05", "units": "10", "price": "500"}
    await record(client, funds, trade)
    loan = await account_of(client, "loan", "Home", opening="-1000000")
    terms = {"principal": "1200000", "annual_rate_percent": "0", "months": 120, "first_due_on": "2026-10-05"}
    assert (await client.put(f"/loans/accounts/{loan}/terms", json=terms | {"purpose": "home"})).status_code == 204

    view = (await client.post("/tax/deductions", json={"section_24b": "7000"})).json()
    sections = {one["section"]: (one["paid"], one["left"], one["basis"]) for one in view["sections"]}
    # Premium 24,000, ELSS 5,000, two instalments of 10,000 without interest.
    assert sections["80C"] == ("49000.00", "101000.00", "hint")
    assert sections["80D"] == ("18000.00", "7000.00", "hint")
    assert sections["24(b)"] == ("7000.00", "193000.00", "stated")
    assert sections["80CCD(1B)"] == ("0.00", "50000.00", "none")
    assert len(view["hints"]) == 5

    salary = {"gross_salary": "1500000"}
    plain = (await client.post("/tax/compare", json=salary)).json()
    hinted = (await client.post("/tax/compare", json=salary | {"use_hints": True})).json()
    assert float(plain["old"]["deducted"]) + 49000 + 18000 == float(hinted["old"]["deducted"])
    assert plain["new"] == hinted["new"]


@pytest.mark.parametrize(
    "body",
    [
        {"financial_year": "2023-24"},
        {"financial_year": "nonsense"},
        {"gross_salary": "-1"},
        {"gross_salary": 5},
        {"gross_salary": "5", "basic": "6"},
        {"savings_interest": "6"},
        {"age": "young"},
        {"more": "1"},
    ],
)
async def test_wrong_incomes_are_refused(client: AsyncClient, body: dict[str, Any]) -> None:
    response = await client.post("/tax/compare", json=body)

    assert response.status_code == 422, response.text
    assert response.json()["detail"]
