"""Investments over HTTP: what is recorded comes back as figures that can be worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.financial.infrastructure.caching.versions import PostgresFinanceVersions
from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.financial.investments.conftest import account_of, app_on, read, record
from tests.support.callers import client_of


def isin_of(number: int) -> str:
    """An ISIN of the test's own: AMFI's list is everyone's."""
    return f"INF{new_uuid().hex[-7:].upper()}{number}5"


def fund(isin: str, name: str = "Flexi Cap Direct Growth") -> dict[str, str]:
    return {"kind": "mutual_fund", "name": name, "isin": isin}


def trade(instrument: dict[str, str], kind: str, day: str, units: str, price: str, **more: str) -> dict[str, Any]:
    return {"instrument": instrument, "type": kind, "traded_on": day, "units": units, "price": price, **more}


async def import_navs(engine: AsyncEngine, *lines: str) -> None:
    header = (
        "Scheme Code;ISIN Div Payout/ ISIN Growth;ISIN Div Reinvestment;Scheme Name;Plan;Option;Net Asset Value;Date"
    )
    text = "\n".join([header, "Open Ended Schemes(Equity Scheme - Flexi Cap Fund)", "A Mutual Fund", *lines])
    async with client_of(app_on(engine), UserId(new_uuid()), "admin") as admin:
        response = await admin.post("/investments/navs", files={"file": ("NAVAll.txt", text.encode())})
    assert response.status_code == 200, response.text


def code() -> str:
    return str(new_uuid().int % 10**9)


async def test_new_values_are_told_of_to_whoever_holds_the_fund_and_to_nobody_else(
    client: AsyncClient, postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    held, other = isin_of(1), isin_of(2)
    line, same = f"{code()};{held};-;Flexi Cap;Direct;Growth;150.5;20-Nov-2026", code()
    await import_navs(postgres_engine, line, f"{same};{other};-;Another;Direct;Growth;10;20-Nov-2026")
    versions = PostgresFinanceVersions(postgres_engine)
    account = await account_of(client)
    await record(client, account, trade(fund(held), "buy", "2024-11-24", "100", "100"))
    before = await versions.current(unique_user)

    async def told() -> list[dict[str, Any]]:
        query = select(outbox.c.payload).where(outbox.c.key == str(unique_user), outbox.c.name == "FundValuesChanged")
        async with postgres_engine.connect() as connection:
            return list((await connection.execute(query.order_by(outbox.c.position))).scalars())

    async def worth() -> str:
        return str((await client.get("/finance/net-worth")).json()["net_worth"])

    assert await worth() == "15050.00"
    await import_navs(postgres_engine, line, f"{same};{other};-;Another;Direct;Growth;11;21-Nov-2026")
    assert (await told(), await versions.current(unique_user)) == ([], before)
    await import_navs(postgres_engine, line.replace("150.5", "151"), line.replace("150.5;20", "152;21"))
    assert await told() == [{"funds": 1, "newest_on": "2026-11-21"}]
    assert (await worth(), await versions.current(unique_user)) == ("15200.00", before + 1)


async def test_holdings_and_returns_at_amfis_price(client: AsyncClient, postgres_engine: AsyncEngine) -> None:
    isin, scheme = isin_of(1), code()
    await import_navs(
        postgres_engine,
        f"{scheme};{isin};-;Flexi Cap;Direct;Growth;150.5;20-Nov-2026",
        f"{scheme};{isin};-;Flexi Cap;Direct;Growth;140;31-Oct-2026",
    )
    account = await account_of(client)
    await record(client, account, trade(fund(isin), "buy", "2024-11-24", "100", "100"))

    view = await read(client, "holdings")
    [holding] = view["holdings"]
    assert (holding["value"], holding["price"], holding["price_source"]) == ("15050.00", "150.500000", "amfi")
    assert (holding["price_age_days"], holding["stale"], holding["asset_class"]) == (4, False, "equity")
    assert (view["value"], view["cost"], view["gain"], view["absolute_return_percent"]) == (
        "15050.00",
        "10000.00",
        "5050.00",
        "50.50",
    )
    before = await read(client, "holdings", as_of="2026-11-10")
    assert (before["value"], before["stale_count"], before["oldest_price_on"]) == ("14000.00", 1, "2026-10-31")

    total = (await read(client, "returns"))["total"]
    # Two years of 365 days: the root of 1.505 less 1.
    assert (total["xirr_percent"], total["absolute_return_percent"], total["gain"]) == ("22.68", "50.50", "5050.00")
    assert not total["extrapolated"]


async def test_allocation_and_drift(client: AsyncClient) -> None:
    account = await account_of(client)
    holdings = [
        {"instrument": fund(isin_of(1), "Equity") | {"asset_class": "equity"}, "units": "10", "value": "7000"},
        {"instrument": fund(isin_of(2), "Debt") | {"asset_class": "debt"}, "units": "5", "value": "3000"},
        {"instrument": fund(isin_of(3), "Unpriced"), "units": "5"},
    ]
    response = await client.put(
        f"/investments/accounts/{account}/holdings", json={"as_of": "2026-11-23", "holdings": holdings}
    )
    assert response.json()["holdings"] == 3
    target = {"percents": {"equity": "50", "debt": "40", "gold": "10"}}
    assert (await client.put("/investments/target-allocation", json=target)).json() == target

    view = await read(client, "allocation")
    told = [(c["asset_class"], c["percent"], c["drift_percent"], c["to_move"]) for c in view["classes"]]
    assert told == [
        ("equity", "70.00", "20.00", "-2000.00"),
        ("debt", "30.00", "-10.00", "1000.00"),
        ("gold", "0.00", "-10.00", "1000.00"),
    ]
    assert view["largest_drift_percent"] == "20.00"
    assert [one["name"] for one in view["left_out"]] == ["Unpriced"]

    assert (await client.put("/investments/target-allocation", json={"percents": {}})).status_code == 200
    assert not (await read(client, "allocation"))["has_target"]


async def test_a_snapshot_that_the_transactions_explain_keeps_costs_and_one_that_they_do_not_is_told(
    client: AsyncClient,
) -> None:
    account = await account_of(client)
    known, unknown = fund(isin_of(1), "Known"), fund(isin_of(2), "Unknown")
    await record(
        client,
        account,
        trade(known, "buy", "2026-01-05", "60", "10", folio="A"),
        trade(known, "buy", "2026-02-05", "40", "10", folio="B"),
        trade(unknown, "buy", "2026-02-05", "40", "10"),
    )
    holdings = [
        {"instrument": known, "units": "100", "price": "12"},
        {"instrument": unknown, "units": "90", "price": "11", "invested": "800"},
    ]
    place = f"/investments/accounts/{account}/holdings"
    assert (await client.put(place, json={"as_of": "2026-11-20", "holdings": holdings})).status_code == 200
    await record(client, account, trade(unknown, "sell", "2026-11-21", "45", "13"))

    view = await read(client, "holdings")
    told = [(h["name"], h["folio"], h["units"], h["cost"], h["value"]) for h in view["holdings"]]
    assert sorted(told) == [
        ("Known", "A", "60.00000000", "600.00", "720.00"),
        ("Known", "B", "40.00000000", "400.00", "480.00"),
        ("Unknown", "", "45.00000000", "400.00", "585.00"),
    ]
    returns = await read(client, "returns")
    assert [one["name"] for one in returns["instruments"]] == ["Known"]
    assert [one["name"] for one in returns["left_out"]] == ["Unknown"]


async def test_capital_gains_of_a_year(client: AsyncClient) -> None:
    account = await account_of(client, "stocks", "Demat")
    share = {"kind": "stock", "name": "Some Bank", "isin": "INE040A01034"}
    await record(
        client,
        account,
        trade(share, "buy", "2023-05-02", "100", "1000"),
        trade(share, "buy", "2025-06-02", "50", "1500"),
        trade(share, "sell", "2025-09-01", "120", "3000"),
        trade(share, "sell", "2025-09-02", "50", "3000"),
    )
    view = await read(client, "capital-gains", financial_year="2025-26")

    # 100 held long: 2 lakh. 20 + 30 short: 75,000. 20 without a purchase.
    assert (view["long_term_gain"], view["short_term_gain"]) == ("200000.00", "75000.00")
    assert (view["exemption_used"], view["exemption_left"]) == ("125000.00", "0.00")
    assert view["tax_at_special_rates"] == "24375.00"
    assert [one["reason"] for one in view["left_out"]] == ["20 units were sold without a purchase on record."]
    assert view["sales"] == len(view["lines"]) == 3
    assert "not advice" in view["note"]
    assert (await read(client, "capital-gains"))["sales"] == 0


async def test_a_value_of_2018_is_used(client: AsyncClient) -> None:
    account = await account_of(client, "stocks", "Demat")
    share = {"kind": "stock", "name": "Old Steel", "isin": "INE081A01020"}
    await record(client, account, trade(share, "buy", "2010-05-03", "10", "100"))
    await record(client, account, trade(share, "sell", "2025-05-02", "10", "900"))

    first = await read(client, "capital-gains", financial_year="2025-26")
    assert first["long_term_gain"] == "8000.00"
    assert "31 January 2018" in first["assumptions"][0]
    instrument = (await read(client, "transactions"))["transactions"][0]["instrument_id"]
    response = await client.put(f"/investments/instruments/{instrument}/fair-value-2018", json={"value": "700"})
    assert response.status_code == 204
    second = await read(client, "capital-gains", financial_year="2025-26")
    assert (second["long_term_gain"], second["lines"][0]["cost_basis"]) == ("2000.00", "grandfathered")


async def test_transactions_page_by_page_and_removal(client: AsyncClient) -> None:
    account = await account_of(client)
    isin = isin_of(1)
    rows = [trade(fund(isin), "sip", f"2026-{month:02}-05", "10", "50") for month in range(1, 11)]
    assert (await record(client, account, *rows))["recorded"] == 10
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await read(client, "transactions", limit="4", **({"cursor": cursor} if cursor else {}))
        seen += [one["traded_on"] for one in page["transactions"]]
        cursor = page["next_cursor"]
    assert seen == sorted((row["traded_on"] for row in rows), reverse=True)

    [sip] = (await read(client, "sips"))["sips"]
    assert (sip["amount"], sip["cadence"], sip["instalments"], sip["active"]) == ("500.00", "monthly", 10, True)

    gone = (await read(client, "transactions"))["transactions"][0]["id"]
    assert (await client.delete(f"/investments/transactions/{gone}")).status_code == 204
    assert (await client.delete(f"/investments/transactions/{gone}")).status_code == 404


async def test_net_worth_counts_holdings_once_and_at_market(client: AsyncClient) -> None:
    account = await account_of(client, opening="5000")
    await account_of(client, "savings", "Bank", opening="1000")

    async def net_worth(**query: str) -> str:
        return str((await client.get("/finance/net-worth", params=query)).json()["net_worth"])

    assert await net_worth() == "6000.00"
    await record(client, account, trade(fund(isin_of(1)), "buy", "2026-10-05", "100", "70"))
    assert await net_worth() == "8000.00"
    assert await net_worth(as_of="2026-10-04") == "6000.00"
    await record(client, account, trade(fund(isin_of(1)), "sell", "2026-11-05", "1", "1"))
    assert await net_worth() == "8000.00"


async def test_funds_are_found_by_code_isin_and_words(client: AsyncClient, postgres_engine: AsyncEngine) -> None:
    isin, scheme, word = isin_of(1), code(), new_uuid().hex[:12]
    await import_navs(postgres_engine, f"{scheme};{isin};-;Blue {word} Chip;Direct;Growth;10.25;02-Nov-2026")

    for text in (scheme, isin.lower(), f"chip {word}", f"{word.upper()} direct"):
        [found] = (await read(client, "funds", q=text))["funds"]
        assert (found["amfi_code"], found["nav"], found["nav_on"]) == (scheme, "10.250000", "2026-11-02")
        assert (found["stale"], found["nav_age_days"]) == (True, 22)
    assert (await read(client, "funds", q="%"))["funds"] == []


async def test_only_an_administrator_imports_navs(client: AsyncClient) -> None:
    response = await client.post("/investments/navs", files={"file": ("NAVAll.txt", b"x")})

    assert (response.status_code, response.json()["code"]) == (403, "permission-denied")


async def test_another_file_is_no_list_of_navs(postgres_engine: AsyncEngine, unique_user: UserId) -> None:
    async with client_of(app_on(postgres_engine), unique_user, "admin") as admin:
        response = await admin.post("/investments/navs", files={"file": ("a.txt", b"hello")})

    assert response.status_code == 415


async def test_another_persons_investments_do_not_exist(client: AsyncClient, postgres_engine: AsyncEngine) -> None:
    async with client_of(app_on(postgres_engine), UserId(new_uuid())) as other:
        account = await account_of(other)
        await record(other, account, trade(fund(isin_of(1)), "buy", "2026-10-05", "100", "70"))
        row = (await read(other, "transactions"))["transactions"][0]

        assert (await read(client, "holdings"))["holdings"] == []
        assert (await read(client, "transactions"))["transactions"] == []
        assert (await client.delete(f"/investments/transactions/{row['id']}")).status_code == 404
        fair_value = f"/investments/instruments/{row['instrument_id']}/fair-value-2018"
        assert (await client.put(fair_value, json={"value": "1"})).status_code == 404
        returns = await client.get("/investments/returns", params={"instrument_id": row["instrument_id"]})
        assert (returns.status_code, returns.json()["code"]) == (404, "instrument-not-found")
        body = {"as_of": "2026-10-01", "holdings": []}
        assert (await client.put(f"/investments/accounts/{account}/holdings", json=body)).status_code == 404
        assert len((await read(other, "transactions"))["transactions"]) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"units": "0"},
        {"units": "-1"},
        {"units": 5},
        {"units": "1e3"},
        {"units": "NaN"},
        {"price": None},
        {"traded_on": "2126-01-01"},
        {"traded_on": "1800-01-01"},
        {"type": "gift"},
        {"ratio": "2"},
        {"type": "split", "units": None},
        {"type": "dividend"},
        {"folio": "a\x00"},
        {"folio": "x" * 61},
        {"instrument": {"kind": "stock", "name": "x", "isin": "BAD"}},
        {"instrument": {"kind": "stock", "name": "  "}},
        {"instrument": {"kind": "mutual_fund", "name": "x", "amfi_code": "abc"}},
        {"units": "999999999999999", "price": "999999999999999"},
        {"units": None, "amount": "10", "price": "0.0000001"},
        {"user_id": "x"},
    ],
)
async def test_what_cannot_be_a_transaction_is_refused(client: AsyncClient, change: dict[str, Any]) -> None:
    account = await account_of(client)
    good = trade(fund(isin_of(1)), "buy", "2026-10-05", "100", "70")
    body = {"transactions": [good, {key: value for key, value in (good | change).items() if value is not None}]}
    response = await client.post(f"/investments/accounts/{account}/transactions", json=body)

    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert (await read(client, "transactions"))["transactions"] == []


@pytest.mark.parametrize(
    ("place", "query"),
    [
        ("holdings", {"as_of": "2127-01-01"}),
        ("returns", {"instrument_id": "x"}),
        ("capital-gains", {"financial_year": "2025"}),
        ("capital-gains", {"financial_year": "2025-27"}),
        ("capital-gains", {"financial_year": "2017-18"}),
        ("transactions", {"cursor": "nonsense"}),
        ("transactions", {"limit": "0"}),
        ("funds", {}),
        ("funds", {"q": " "}),
        ("funds", {"q": "\x00"}),
    ],
)
async def test_wrong_questions_are_refused(client: AsyncClient, place: str, query: dict[str, str]) -> None:
    response = await client.get(f"/investments/{place}", params=query)

    assert response.status_code == 422, response.text
    assert response.json()["detail"]


async def test_xirr_of_given_flows(client: AsyncClient) -> None:
    flows = [
        {"day": "2008-01-01", "amount": "-10000"},
        {"day": "2008-03-01", "amount": "2750"},
        {"day": "2008-10-30", "amount": "4250"},
        {"day": "2009-02-15", "amount": "3250"},
        {"day": "2009-04-01", "amount": "2750"},
    ]
    view = (await client.post("/investments/xirr", json={"flows": flows})).json()
    none = (await client.post("/investments/xirr", json={"flows": flows[:1]})).json()

    assert (view["xirr_percent"], view["outcome"], view["came_out"]) == ("37.336253", "found", "13000.00")
    assert (none["xirr_percent"], none["outcome"]) == (None, "too_few_flows")
