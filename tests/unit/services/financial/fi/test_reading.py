"""What Fi's sources say, in the forms in which they really say it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.financial.domain.fi.banks import same_bank
from services.financial.domain.fi.snapshot import FiSource
from services.financial.infrastructure.fi_mcp.reader import read_sources


def rupees(units: int, nanos: int = 0) -> dict[str, Any]:
    return {"currencyCode": "INR", "units": str(units), "nanos": nanos}


def depot(kind: str, holdings: list[dict[str, Any]]) -> dict[str, Any]:
    account = {
        "accountDetails": {"fipMeta": {"displayName": "NSDL"}},
        f"{kind}Summary": {"currentValue": rupees(5000), "holdingsInfo": holdings},
    }
    return {"accountDetailsBulkResponse": {"accountDetailsMap": {"one": account}}}


def held(kind: str, *holdings: dict[str, Any]) -> list[Decimal | None]:
    snapshot = read_sources({FiSource.NET_WORTH: depot(kind, list(holdings))})
    return [line.value for account in snapshot.accounts for line in account.holdings or ()]


PRICED = {"isin": "INE0FDU25010", "totalNumberUnits": 115, "lastClosingRate": rupees(14, 550000000)}
UNPRICED = {"isin": "INE0GGX23010", "totalNumberUnits": 10}


def test_holdings_without_a_price_are_worth_the_rest_of_what_is_told() -> None:
    assert held("reit", PRICED) == [Decimal("1673.25")]
    assert held("invit", UNPRICED) == [Decimal("5000.00")]
    assert held("reit", PRICED, UNPRICED) == [Decimal("1673.25"), Decimal("3326.75")]
    assert held("reit") == [Decimal("5000.00")]


def test_a_depot_may_be_told_in_another_currency() -> None:
    world = depot("equity", [])
    account = world["accountDetailsBulkResponse"]["accountDetailsMap"]["one"]
    account["equitySummary"]["currentValue"] = {"currencyCode": "USD", "units": "70"}
    (found,) = read_sources({FiSource.NET_WORTH: world}).accounts
    assert [line.value for line in found.holdings or ()] == [Decimal("70.00")]


def test_midnight_in_india_is_the_day_that_begins_there_and_prices_are_not_rounded() -> None:
    order: dict[str, Any] = {
        "isinNumber": "INF760K01FC4",
        "externalOrderType": "BUY",
        "transactionDate": "2023-03-31T18:30:00Z",
        "purchasePrice": rupees(66, 554600000),
        "transactionAmount": rupees(6655, 460000000),
        "transactionUnits": 100,
    }
    (line,) = read_sources({FiSource.FUNDS: {"transactions": [order]}}).fund_lines
    assert (line.traded_on, line.price, line.amount) == (date(2023, 4, 1), Decimal("66.5546"), Decimal("6655.46"))


def test_a_trade_in_both_layouts_is_one() -> None:
    order: dict[str, Any] = {
        "isinNumber": "INF760K01FC4", "folioId": "1", "externalOrderType": "BUY", "transactionDate": "2023-04-03",
        "purchasePrice": rupees(10), "transactionAmount": rupees(1000), "transactionUnits": 100,
    }  # fmt: skip
    rows = [[1, "2023-04-03", 10, 100, 1000], [2, "2023-05-03", 11, 40, 440]]
    scheme = {"isin": "INF760K01FC4", "schemeName": "Gilt", "folioId": "1", "txns": rows}
    both: dict[str, Any] = {"mfTransactions": [scheme], "transactions": [order, order]}
    lines = read_sources({FiSource.FUNDS: both}).fund_lines
    assert [line.units for line in lines] == [100, 40, 100]


def test_what_is_owed_adds_up_and_counts_once_in_whichever_list() -> None:
    def owed(kind: str, units: int) -> dict[str, Any]:
        return {"netWorthAttribute": f"LIABILITY_TYPE_{kind}", "value": rupees(units)}

    lists = {
        "assetValues": [owed("HOME_LOAN", -500), owed("OTHER_LOAN", -7)],
        "liabilityValues": [owed("HOME_LOAN", 500), owed("VEHICLE_LOAN", 20), owed("VEHICLE_LOAN", 30)],
    }
    told: dict[str, Any] = {"netWorthResponse": lists}
    balances = {one.name: one.balance for one in read_sources({FiSource.NET_WORTH: told}).accounts}
    assert {name: str(balance) for name, balance in balances.items()} == {
        "Home loan (Fi)": "-500.00",
        "Other loan (Fi)": "-7.00",
        "Vehicle loan (Fi)": "-50.00",
    }


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_lines_of_a_day_may_come_in_any_order(order: tuple[int, ...]) -> None:
    rows = [["10", "A", "2026-08-02", 2, "UPI", "90"], ["20", "B", "2026-08-02", 2, "UPI", "70"]]
    rows.append(["5", "C", "2026-08-02", 1, "UPI", "75"])
    bank: dict[str, Any] = {"bank": "Axis Bank", "txns": [rows[at] for at in order]}
    (stream,) = read_sources({FiSource.BANK: {"bankTransactions": [bank]}}).streams
    assert (str(stream.opening), str(stream.closing)) == ("100.00", "75.00")


def test_a_credit_report_is_kept_without_what_no_store_takes() -> None:
    report: dict[str, Any] = {"creditReportData": {"a": "x\x00\ud800", "b": 10**30, "c": [True, 7]}, "vendor": "V"}
    (kept,) = read_sources({FiSource.CREDIT_REPORT: {"creditReports": [report]}}).credit_reports
    assert kept.body == {"creditReportData": {"a": "x?", "b": str(10**30), "c": [True, 7]}, "vendor": "V"}


@pytest.mark.parametrize("details", [True, 7, {"x": 1}, [None, 3]])
def test_epf_without_establishments_that_can_be_read_has_its_total(details: Any) -> None:
    raw = {"est_details": details, "overall_pf_balance": {"current_pf_balance": "5"}}
    told: dict[str, Any] = {"uanAccounts": [{"rawDetails": raw}]}
    assert [str(one.balance) for one in read_sources({FiSource.EPF: told}).accounts] == ["5.00"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("State Bank of India", "SBI", True),
        ("Bank of Baroda", "BOB", True),
        ("HDFC", "HDFC Bank Ltd.", True),
        ("IDFC", "IDFC FIRST Bank", True),
        ("State Bank of India", "Bank of India", False),
        ("Bank", "Bank of Baroda", False),
        ("Indian Bank", "Indian Overseas Bank", False),
        ("", "HDFC Bank", False),
    ],
)
def test_names_of_one_bank(one: str, other: str, expected: bool) -> None:
    assert same_bank(one, other) is same_bank(other, one) is expected
