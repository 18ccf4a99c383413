"""`fetch_credit_report`: creditReports[]{creditReportData{creditProfileHeader, creditAccount{creditAccountSummary,
creditAccountDetails[]}, score{bureauScore}}, vendor}. All is text; days are YYYYMMDD.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from services.financial.domain.fi.snapshot import CreditAccount, CreditReport
from services.financial.infrastructure.fi_mcp.fields import Flags, UnreadableError, day, mapping, number, text
from services.shared.domain.events import Json, to_json


def read_credit(source: Any, flags: Flags) -> list[CreditReport]:
    """The reports; a figure that cannot be read is left out and flagged."""
    reports = []
    for count, entry in flags.entries(mapping(source).get("creditReports"), "creditReports"):
        data = mapping(mapping(entry).get("creditReportData"))
        if not data:
            flags.add(f"credit report {count} is empty")
            continue
        header, credit = mapping(data.get("creditProfileHeader")), mapping(data.get("creditAccount"))
        summary = mapping(mapping(credit.get("creditAccountSummary")).get("totalOutstandingBalance"))
        accounts = tuple(_accounts(credit.get("creditAccountDetails"), flags))
        outstanding = _number(summary.get("outstandingBalanceAll"), flags)
        score = _number(mapping(data.get("score")).get("bureauScore"), flags)
        parts = sum((one.balance or Decimal(0) for one in accounts), Decimal(0))
        if outstanding is not None and accounts and outstanding != parts:
            flags.add(
                f"credit report {count}: the outstanding total is {outstanding} and its accounts come to {parts}; "
                "both were kept as they came"
            )
        reports.append(
            CreditReport(
                vendor=text(mapping(entry).get("vendor"), 60),
                score=None if score is None else int(score),
                reported_on=_day(header.get("reportDate"), flags),
                outstanding=outstanding,
                accounts=accounts,
                body=_storable(to_json(entry)),
            )
        )
    return reports


def _accounts(details: Any, flags: Flags) -> Iterator[CreditAccount]:
    for _, entry in flags.entries(details, "creditAccountDetails"):
        one = mapping(entry)
        yield CreditAccount(
            lender=text(one.get("subscriberName"), 100),
            kind=text(one.get("accountType") or one.get("portfolioType"), 40),
            opened_on=_day(one.get("openDate"), flags),
            balance=_number(one.get("currentBalance"), flags),
            past_due=_number(one.get("amountPastDue"), flags),
            status=text(one.get("accountStatus"), 40),
        )


def _storable(value: Json) -> Json:
    """As it came, but for what a store of JSON refuses: NULs, halves of characters, whole numbers beyond 64 bits."""
    match value:
        case str():
            return value.replace("\x00", "").encode("utf-8", "replace").decode()
        case bool() | None:
            return value
        case int():
            return value if abs(value) < 2**63 else str(value)
        case list():
            return [_storable(item) for item in value]
        case dict():
            return {str(_storable(key)): _storable(item) for key, item in value.items()}


def _number(value: Any, flags: Flags) -> Decimal | None:
    try:
        return number(value)
    except UnreadableError as error:
        flags.add(f"a figure was left out: {error}")
        return None


def _day(value: Any, flags: Flags) -> Any:
    try:
        return day(value)
    except UnreadableError as error:
        flags.add(f"a day was left out: {error}")
        return None
