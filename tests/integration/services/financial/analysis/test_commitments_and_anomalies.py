"""Subscriptions, bills and anomalies of households nobody has seen, against their plans and ledgers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import ARRAY, Text, column, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from data.sample import SampleHousehold, generate_household
from data.sample.model import INCOME_CATEGORIES, LedgerEntry
from services.financial.application.analysis.find_anomalies import FindAnomaliesRequest
from services.financial.application.analysis.get_bills_calendar import GetBillsCalendarRequest
from services.financial.application.analysis.review_subscriptions import ReviewSubscriptionsRequest
from services.financial.domain.analysis.robust import robust_spread
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.categorisation.text import same_name
from services.financial.domain.recurring import Payment, find_all_recurring
from services.financial.infrastructure.analysis.series_reader import PostgresSeriesReader
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from services.financial.infrastructure.payee_names import payee_name
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.financial.conftest import Books

END = date(2026, 10, 31)
HEADER = "Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\r\n"


@pytest.fixture
async def household(books: Books, request: pytest.FixtureRequest) -> SampleHousehold:
    made = generate_household(request.param, end=END)
    await books.load_household(made)
    return made


def statement(lines: Iterable[tuple[date, str, str]]) -> bytes:
    """An HDFC statement of payments by UPI: day, payee and amount."""
    rows, balance = [HEADER], Decimal(9_000_000)
    for number, (day, payee, amount) in enumerate(sorted(lines)):
        balance -= Decimal(amount)
        narration = f"UPI-{payee}-{payee.split()[0].lower()}@ybl-YESB0YBLUPI-{number:012}-UPI"
        rows.append(f"{day:%d/%m/%y},{narration},{number:016},{day:%d/%m/%y},{amount},,{balance}\r\n")
    return "".join(rows).encode()


async def test_names_are_made_in_the_database_as_in_the_domain(postgres_engine: AsyncEngine) -> None:
    names = [
        "SWIGGY", "Swiggy Pvt. Ltd.", "Domino's", "DOMINO’S INDIA", "India Ltd", "LTD", "SURESH P", "A P LTD",
        "B PVT P", "Co-op & Co.", "Éclair", "दूध", "Пятёрочка", "---", " a  b ", "",
    ]  # fmt: skip
    query = select(column("name"), payee_name(column("name"))).select_from(
        func.unnest(literal(names, ARRAY(Text))).alias("name")
    )
    async with postgres_engine.connect() as connection:
        found = (await connection.execute(query)).all()
    assert found == [(name, same_name(name)) for name in names]


async def test_payments_of_very_many_amounts_are_read(books: Books, postgres_engine: AsyncEngine) -> None:
    await books.open("card")
    fill = text(
        "INSERT INTO transactions (id, user_id, account_id, amount, category, booked_on, narration, payee, reference,"
        " fingerprint, occurrence, line_no, category_source, rule_id, created_at)"
        " SELECT gen_random_uuid(), user_id, id, -500 - n * 0.01, 'shopping', DATE '2026-10-31' - n % 700, '',"
        " 'SHOP ' || n % 400, '', '', n, n, 'rule', '', now() FROM accounts, generate_series(1, 33000) AS n"
        " WHERE user_id = :user_id"
    )
    async with postgres_engine.begin() as connection:
        await connection.execute(fill, {"user_id": books.user_id})
    found = await PostgresSeriesReader(postgres_engine).candidates(
        books.user_id, END - timedelta(days=800), "INR", Direction.DEBIT
    )
    assert len(found) == 33_000


@pytest.mark.parametrize("household", [61, 62, 63], indirect=True)
async def test_the_preselection_loses_nothing_and_the_plan_is_found(
    books: Books, household: SampleHousehold, postgres_engine: AsyncEngine
) -> None:
    since = END - timedelta(days=3 * 366)
    everything = await PostgresFinanceReader(postgres_engine).since(books.user_id, since)
    payments = [Payment(t.booked_on, abs(t.amount), t.payee, t.category) for t in everything if t.amount.amount < 0]
    candidates = await PostgresSeriesReader(postgres_engine).candidates(books.user_id, since, "INR", Direction.DEBIT)
    assert len(candidates) < len(payments) / 2
    assert find_all_recurring(candidates) == find_all_recurring(payments)

    found = await books.use_cases.analysis.review_subscriptions(ReviewSubscriptionsRequest(user_id=books.user_id))
    plan = {(s.merchant.name, s.day) for s in household.plan.subscriptions}
    assert {(s.payee, s.next_due_on.day) for s in found.subscriptions} == plan
    assert found.yearly_total == sum(s.yearly_cost for s in found.subscriptions)
    rise = household.truth.price_rise
    (risen,) = [s for s in found.subscriptions if s.previous_amount is not None]
    assert (risen.payee, risen.previous_amount, risen.amount, risen.price_changed_on) == (
        rise.payee,
        rise.before,
        rise.after,
        rise.since,
    )
    for subscription in found.subscriptions:
        paid = [-e.amount for e in household.truth.ledger if e.payee == subscription.payee]
        assert (subscription.payments, subscription.total_paid) == (len(paid), sum(paid))


async def test_the_preselection_knows_spellings_and_meters(books: Books, postgres_engine: AsyncEngine) -> None:
    months = [date(2026, month, 5) for month in range(1, 11)]
    names = ["JOSEPH'S LIFE CO LTD", "Josephs Life", "JOSEPHS LIFE (P) LTD"]
    lines = [(day, names[day.month % 3], "2136") for day in months]
    power = ["900", "850", "1000", "1600", "2400", "2600", "2200", "1700", "1300", "1100"]
    lines += [(day, "BESCOM", amount) for day, amount in zip(months, power, strict=True)]
    await books.open("hdfc", opening="9000000")
    await books.load("hdfc", statement(lines))
    found = find_all_recurring(
        await PostgresSeriesReader(postgres_engine).candidates(books.user_id, months[0], "INR", Direction.DEBIT)
    )
    assert [(one.occurrences, one.variable) for one in found] == [(10, True), (10, False)]


@pytest.mark.parametrize("household", [64, 65], indirect=True)
async def test_the_calendar_holds_the_plans_days(books: Books, household: SampleHousehold) -> None:
    plan = household.plan
    found = await books.use_cases.analysis.get_bills_calendar(
        GetBillsCalendarRequest(user_id=books.user_id, start=date(2026, 11, 1), days=30)
    )
    due = {(bill.payee, bill.due_on.day): bill for day in found.days for bill in day.bills}
    expected = {(mandate.merchant.name, mandate.day) for mandate in plan.mandates}
    expected |= {(subscription.merchant.name, subscription.day) for subscription in plan.subscriptions}
    expected |= {(plan.landlord, plan.rent_day), (plan.broadband.name, plan.broadband_day)}
    expected.add(("icici card bill", plan.bill_day))
    assert set(due) == expected
    assert due["icici card bill", plan.bill_day].amount == -household.truth.closing["icici"]
    assert due[plan.landlord, plan.rent_day].amount == next(
        -e.amount for e in reversed(household.truth.ledger) if e.payee == plan.landlord
    )
    assert found.total == sum(day.total for day in found.days) == sum(bill.amount for bill in due.values())
    assert found.earlier == ()
    later = await books.use_cases.analysis.get_bills_calendar(
        GetBillsCalendarRequest(user_id=books.user_id, start=date(2026, 12, 1), days=1)
    )
    assert {(bill.payee, bill.due_on.day) for bill in later.earlier} == expected
    assert {bill.status for bill in later.earlier} == {"unconfirmed"}


def spent(ledger: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    return [e for e in ledger if e.amount < 0 and e.category != "transfer" and e.category not in INCOME_CATEGORIES]


@pytest.mark.parametrize("household", [66, 67, 68], indirect=True)
async def test_the_outlier_is_found_among_few_others_and_measured_by_the_ledger(
    books: Books, household: SampleHousehold
) -> None:
    found = await books.use_cases.analysis.find_anomalies(
        FindAnomaliesRequest(user_id=books.user_id, days=366, limit=100)
    )
    outlier = household.truth.outlier
    assert (outlier.date, outlier.payee, -outlier.amount) in {(a.date, a.payee, a.amount) for a in found.anomalies}
    assert found.count == len(found.anomalies) <= 36
    ledger = spent(household.truth.ledger)
    for anomaly in found.anomalies:
        if anomaly.kind == "unusual_for_payee":
            spread = robust_spread([-e.amount for e in ledger if e.payee == anomaly.payee])
            assert (anomaly.usual, anomaly.score) == (round(spread.median, 2), spread.score(anomaly.amount))
    fewer = await books.use_cases.analysis.find_anomalies(
        FindAnomaliesRequest(user_id=books.user_id, days=366, limit=1)
    )
    assert (fewer.count, fewer.anomalies) == (found.count, found.anomalies[:1])


async def test_planted_anomalies_are_found_each_by_its_kind_and_habits_are_not(books: Books) -> None:
    week = [END - timedelta(days=back) for back in range(0, 360, 6)]
    lines = [(day, "GREEN GROCER", str(400 + index * 37 % 200)) for index, day in enumerate(week)]
    lines += [(day, "CITY METRO", "40") for day in week] * 2
    lines += [(END - timedelta(days=9), "GREEN GROCER", "4444"), (END - timedelta(days=5), "NEW JEWELLER", "88000")]
    lines += [(END - timedelta(days=7), "CINEMA HALL", "780"), (END - timedelta(days=6), "CINEMA HALL", "780")]
    await books.open("hdfc", opening="9000000")
    await books.load("hdfc", statement(lines))
    found = await books.use_cases.analysis.find_anomalies(FindAnomaliesRequest(user_id=books.user_id))
    assert [(a.kind, a.payee, a.amount) for a in found.anomalies] == [
        ("first_time_large_payee", "NEW JEWELLER", Decimal("88000.00")),
        ("duplicate_charge", "CINEMA HALL", Decimal("780.00")),
        ("unusual_for_payee", "GREEN GROCER", Decimal("4444.00")),
    ]
    assert found.anomalies[1].related_transaction_id is not None
    await books.load("hdfc", statement([(END - timedelta(days=4), "NEW JEWELLER PVT LTD", "88000")]))
    again = await books.use_cases.analysis.find_anomalies(FindAnomaliesRequest(user_id=books.user_id))
    assert [a.payee for a in again.anomalies if a.kind == "first_time_large_payee"] == ["NEW JEWELLER"]
    assert ("duplicate_charge", "NEW JEWELLER PVT LTD") in {(a.kind, a.payee) for a in again.anomalies}
    stranger = await books.use_cases.analysis.find_anomalies(FindAnomaliesRequest(user_id=UserId(new_uuid())))
    assert (stranger.count, stranger.anomalies) == (0, ())


async def test_a_membership_without_purchases_is_a_candidate(books: Books) -> None:
    months = [date(2026, month, 5) for month in range(1, 11)]
    lines = [(day, "ZOMATO GOLD", "99") for day in months]
    lines += [(date(2026, month, 20), "ZOMATO", str(210 + month)) for month in range(1, 6)]
    await books.open("hdfc", opening="9000000")
    await books.load("hdfc", statement(lines))
    found = await books.use_cases.analysis.review_subscriptions(ReviewSubscriptionsRequest(user_id=books.user_id))
    (gold,) = found.subscriptions
    assert [reason.sign for reason in gold.reasons] == ["nothing_bought"]
    assert (found.maybe_unused, found.maybe_unused_yearly) == (1, Decimal("1188.00"))


@pytest.mark.parametrize(
    ("start", "days", "says"), [(None, 0, "days"), (None, 367, "days"), (date(2050, 1, 1), 30, "five years")]
)
async def test_wrong_calendars_are_refused(books: Books, start: date | None, days: int, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says):
        await books.use_cases.analysis.get_bills_calendar(
            GetBillsCalendarRequest(user_id=books.user_id, start=start, days=days)
        )
