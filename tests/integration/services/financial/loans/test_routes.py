"""Loans over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncEngine

from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.financial.investments.conftest import account_of, app_on, client
from tests.support.callers import client_of

__all__ = ["client"]

TERMS: dict[str, Any] = {
    "principal": "1000000",
    "annual_rate_percent": "9",
    "months": 120,
    "first_due_on": "2026-01-05",
    "purpose": "home",
}


async def test_a_loan_from_arguments(client: AsyncClient) -> None:
    view = (await client.post("/loans/emi", json={"terms": TERMS, "with_table": True, "fee": "5000"})).json()

    assert (view["emi"], view["months"], view["last_due_on"]) == ("12667.58", 120, "2035-12-05")
    assert view["effective_annual_rate_percent"] == "9.3807"
    assert float(view["all_in_rate_percent"]) > 9.38
    assert view["instalments"][-1]["balance"] == "0.00"
    assert view["years"][0]["financial_year"] == "2025-26"
    brief = (await client.post("/loans/emi", json={"terms": TERMS})).json()
    assert (brief["instalments"], brief["total_interest"]) == ([], view["total_interest"])


async def test_a_stored_loan_and_its_prepayment(client: AsyncClient) -> None:
    account = await account_of(client, "loan", "Home loan", opening="-950000")
    assert (await client.put(f"/loans/accounts/{account}/terms", json=TERMS)).status_code == 204

    view = (await client.get("/loans")).json()
    [loan] = view["loans"]
    assert (loan["emi"], loan["instalments_left"], loan["next_due_on"]) == ("12667.58", 109, "2026-12-05")
    assert (loan["account_balance"], loan["financial_year"]) == ("950000.00", "2026-27")
    assert float(loan["owed"]) + float(loan["difference"]) == pytest.approx(950000)

    body = {"account_id": account, "prepayments": [{"after_instalment": 12, "amount": "200000"}]}
    shorter = (await client.post("/loans/prepayment", json=body)).json()
    lower = (await client.post("/loans/prepayment", json=body | {"mode": "reduce_emi"})).json()
    assert (shorter["months_after"], shorter["emi_after"], shorter["months_saved"]) == (89, "12667.58", 31)
    assert lower["months_after"] == 120
    assert float(lower["emi_after"]) < 12667.58
    assert float(shorter["interest_saved"]) > float(lower["interest_saved"]) > 0

    changed = TERMS | {"months": 60}
    assert (await client.put(f"/loans/accounts/{account}/terms", json=changed)).status_code == 204
    assert [one["months"] for one in (await client.get("/loans")).json()["loans"]] == [60]


async def test_a_loan_account_without_terms_is_named(client: AsyncClient) -> None:
    await account_of(client, "loan", "Car loan", opening="-5")

    assert (await client.get("/loans")).json()["left_out"] == ["Car loan: its terms are not on record."]


async def test_terms_need_a_loan_account_of_ones_own(client: AsyncClient, postgres_engine: AsyncEngine) -> None:
    savings = await account_of(client, "savings", "Bank")
    async with client_of(app_on(postgres_engine), UserId(new_uuid())) as other:
        theirs = await account_of(other, "loan", "Theirs")
        await other.put(f"/loans/accounts/{theirs}/terms", json=TERMS)

        refused = await client.put(f"/loans/accounts/{savings}/terms", json=TERMS)
        assert (refused.status_code, refused.json()["code"]) == (422, "not-a-loan-account")
        assert (await client.put(f"/loans/accounts/{theirs}/terms", json=TERMS)).status_code == 404
        asked = await client.post("/loans/emi", json={"account_id": theirs})
        assert (asked.status_code, asked.json()["code"]) == (404, "loan-not-found")
        assert (await client.get("/loans")).json()["loans"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"terms": TERMS, "account_id": str(new_uuid())},
        {"terms": TERMS | {"principal": "0"}},
        {"terms": TERMS | {"principal": 5}},
        {"terms": TERMS | {"annual_rate_percent": "100.01"}},
        {"terms": TERMS | {"months": 0}},
        {"terms": TERMS | {"months": 601}},
        {"terms": TERMS | {"first_due_on": "9999-12-31"}},
        {"terms": TERMS, "fee": "1000000"},
        {"terms": TERMS, "fee": "-1"},
        {"terms": TERMS | {"purpose": "yacht"}},
        {"terms": TERMS, "more": 1},
    ],
)
async def test_what_cannot_be_a_loan_is_refused(client: AsyncClient, body: dict[str, Any]) -> None:
    response = await client.post("/loans/emi", json=body)

    assert response.status_code == 422, response.text
    assert response.json()["detail"]


@pytest.mark.parametrize(
    "prepayments", [[], [{"after_instalment": 121, "amount": "5"}], [{"after_instalment": 1, "amount": "2000000"}]]
)
async def test_what_cannot_be_prepaid_is_refused(client: AsyncClient, prepayments: list[dict[str, Any]]) -> None:
    response = await client.post("/loans/prepayment", json={"terms": TERMS, "prepayments": prepayments})

    assert response.status_code == 422, response.text
