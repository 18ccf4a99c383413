"""Net worth, cash flow, income and comparisons of households nobody has seen equal sums over their ledgers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from data.sample import SampleHousehold, generate_household
from data.sample.model import INCOME_CATEGORIES, LedgerEntry
from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlowRequest
from services.financial.application.analysis.compare_periods import ComparePeriodsRequest
from services.financial.application.analysis.get_income_stability import GetIncomeStabilityRequest
from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeriesRequest
from services.financial.application.get_net_worth import GetNetWorthRequest
from services.financial.application.get_spending import GetSpendingRequest
from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.records.split_transaction import SplitTransactionRequest, WantedPart
from services.financial.domain.analysis.comparison import Measure
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping
from services.financial.domain.period import Month, Period
from services.shared.domain.errors import InvalidInputError
from tests.integration.services.financial.conftest import Books

END = date(2026, 10, 17)


def spending(entry: LedgerEntry) -> bool:
    return entry.category != "transfer" and entry.category not in INCOME_CATEGORIES


@pytest.fixture
async def household(books: Books, request: pytest.FixtureRequest) -> SampleHousehold:
    made = generate_household(getattr(request, "param", 31), end=END, months=14)
    await books.load_household(made)
    return made


@pytest.mark.parametrize("household", [31, 32, 33], indirect=True)
async def test_net_worth_of_every_month_is_the_ledgers(books: Books, household: SampleHousehold) -> None:
    truth = household.truth
    found = await books.use_cases.analysis.get_net_worth_series(
        GetNetWorthSeriesRequest(user_id=books.user_id, months=600)
    )
    assert [point.month for point in found.points] == [str(m) for m in Period(truth.ledger[0].date, END).months()]
    for point in found.points:
        moved: dict[str, Decimal] = defaultdict(Decimal)
        for entry in truth.ledger:
            if entry.date <= point.as_of:
                moved[entry.account] += entry.amount
        balances = {key: truth.opening[key] + moved[key] for key in truth.opening}
        assert point.net_worth == sum(balances.values())
        assert point.assets - point.liabilities == point.net_worth
        assert sum(part.amount for part in point.by_asset) == point.assets
        assert sum(part.amount for part in point.by_liability) == point.liabilities
        owed = {part.account_type.value: part.amount for part in point.by_liability}
        assert owed.get("credit_card", Decimal(0)) == max(-balances["icici"], Decimal(0))
    last = found.points[-1]
    now = await books.use_cases.get_net_worth(GetNetWorthRequest(user_id=books.user_id))
    assert (last.net_worth, last.as_of) == (now.net_worth, now.as_of)
    some = await books.use_cases.analysis.get_net_worth_series(
        GetNetWorthSeriesRequest(user_id=books.user_id, months=3, until=Month(2026, 5))
    )
    assert [(p.month, p.net_worth) for p in some.points] == [
        (p.month, p.net_worth) for p in found.points if p.month in ("2026-03", "2026-04", "2026-05")
    ]


@pytest.mark.parametrize("household", [34, 35], indirect=True)
async def test_cash_flow_and_income_are_the_ledgers(books: Books, household: SampleHousehold) -> None:
    ledger = household.truth.ledger
    analysis = books.use_cases.analysis
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    found = await analysis.analyse_cash_flow(AnalyseCashFlowRequest(user_id=books.user_id, period=period))
    invested = -sum(e.amount for e in ledger if e.date.year == 2026 and e.category == "investments")
    income = sum(e.amount for e in ledger if e.date.year == 2026 and e.category in INCOME_CATEGORIES)
    spent = -sum(e.amount for e in ledger if e.date.year == 2026 and spending(e))
    assert (found.income, found.spending, found.invested) == (income, spent, invested)
    assert found.saved == income - spent + invested
    assert sum(purpose.amount for purpose in found.purposes) == spent
    assert sum(month.saved for month in found.months) == found.saved
    assert found.savings_rate_percent == (found.saved * 100 / income).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    assert found.incomplete_months == ("2026-10",)
    assert found.whole_months == 9

    stability = await analysis.get_income_stability(GetIncomeStabilityRequest(user_id=books.user_id, months=6))
    expected = {
        month: sum((e.amount for e in ledger if e.month == month and e.category in INCOME_CATEGORIES), Decimal(0))
        for month in ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09")
    }
    assert {one.month: one.amount for one in stability.incomes} == expected
    assert stability.highest == max(expected.values())


@pytest.mark.parametrize("measure", list(Measure))
async def test_drivers_are_the_ledgers_and_add_up(books: Books, household: SampleHousehold, measure: Measure) -> None:
    before, after = Period(date(2026, 6, 1), date(2026, 7, 31)), Period(date(2026, 8, 1), date(2026, 11, 30))
    found = await books.use_cases.analysis.compare_periods(
        ComparePeriodsRequest(user_id=books.user_id, before=before, after=after, measure=measure, top=5)
    )
    counted = [e for e in household.truth.ledger if e.category in {category.value for category in measure.categories}]

    def total(period: Period) -> Decimal:
        return sum((e.amount for e in counted if e.date in period), Decimal(0)) * measure.sign

    assert (found.before, found.after) == (total(before), total(after))
    assert found.change == found.after - found.before
    assert sum(driver.change for driver in found.categories) == found.change
    assert sum(driver.change for driver in found.payees) + found.other_payees_change == found.change
    assert (found.before_days_without_records, found.after_days_without_records) == (
        0,
        (date(2026, 11, 30) - found.as_of).days,
    )
    by_payee: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in counted:
        sign = (entry.date in after) - (entry.date in before)
        by_payee[entry.category, entry.payee] += sign * entry.amount * measure.sign
    largest = sorted((abs(change) for change in by_payee.values()), reverse=True)[:5]
    assert [abs(driver.change) for driver in found.payees] == largest


async def test_a_person_without_records_gets_zeros_of_today(books: Books) -> None:
    analysis = books.use_cases.analysis
    series = await analysis.get_net_worth_series(GetNetWorthSeriesRequest(user_id=books.user_id))
    assert ([point.net_worth for point in series.points], series.change_percent) == ([Decimal("0.00")], None)
    stability = await analysis.get_income_stability(GetIncomeStabilityRequest(user_id=books.user_id))
    assert (stability.months, stability.steadiness) == (0, "unknown")
    week = Period(END, END + timedelta(days=6))
    flow = await analysis.analyse_cash_flow(AnalyseCashFlowRequest(user_id=books.user_id, period=week))
    assert (flow.income, flow.average_income, flow.savings_rate_percent) == (Decimal("0.00"), None, None)
    moved = await analysis.compare_periods(ComparePeriodsRequest(user_id=books.user_id, before=week, after=week))
    assert (moved.change, moved.categories, moved.change_percent) == (Decimal("0.00"), (), None)


@pytest.mark.parametrize("months", [0, 601])
async def test_the_number_of_months_is_bounded(books: Books, months: int) -> None:
    with pytest.raises(InvalidInputError, match="months"):
        await books.use_cases.analysis.get_net_worth_series(
            GetNetWorthSeriesRequest(user_id=books.user_id, months=months)
        )


async def test_a_split_counts_by_its_parts_everywhere(books: Books) -> None:
    await books.open("hdfc", opening="50000")
    day = date(2026, 10, 5)
    line = "05/10/26,UPI-DMART-dmart@ybl-YESB0YBLUPI-000000000001-UPI,0000000000000001,05/10/26,1000.00,,49000.00\r\n"
    header = "Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\r\n"
    await books.load("hdfc", (header + line).encode())
    listed = await books.use_cases.list_transactions(ListTransactionsRequest(user_id=books.user_id))
    (whole,) = listed.transactions
    wanted = ((Decimal("-700.50"), Category.GIFTS), (Decimal("-299.50"), Category.HEALTH))
    await books.use_cases.records.split_transaction(
        SplitTransactionRequest(
            user_id=books.user_id,
            transaction_id=whole.transaction_id,
            parts=[WantedPart(amount=amount, category=category) for amount, category in wanted],
        )
    )
    october, september = Period(date(2026, 10, 1), date(2026, 10, 31)), Period(date(2026, 9, 1), date(2026, 9, 30))
    found = await books.use_cases.analysis.compare_periods(
        ComparePeriodsRequest(user_id=books.user_id, before=september, after=october)
    )
    assert [(d.category, d.after, d.count_after) for d in found.categories] == [
        (Category.GIFTS, Decimal("700.50"), 1),
        (Category.HEALTH, Decimal("299.50"), 1),
    ]
    assert [(d.payee, d.category) for d in found.payees] == [
        (whole.payee, Category.GIFTS),
        (whole.payee, Category.HEALTH),
    ]
    flow = await books.use_cases.analysis.analyse_cash_flow(
        AnalyseCashFlowRequest(user_id=books.user_id, period=october)
    )
    purposes = {purpose.purpose: purpose.amount for purpose in flow.purposes}
    assert (purposes["discretionary"], purposes["essential"]) == (Decimal("700.50"), Decimal("299.50"))
    assert flow.spending == Decimal("1000.00")
    assert flow.as_of == day


async def test_spellings_of_one_payee_are_one_in_sums_and_comparisons(books: Books) -> None:
    await books.open("card")
    september = [("2026-09-03", "SWIGGY", "-100"), ("2026-09-04", "Swiggy Ltd", "-50"), ("2026-09-05", "UBER", "-70")]
    october = [("2026-10-03", "SWIGGY LIMITED", "-400"), ("2026-10-09", "SWIGGY", "-25"), ("2026-10-10", "UBER", "-80")]
    rows = "".join(f"{day},{payee},{amount}\n" for day, payee, amount in september + october)
    await books.load("card", f"Date,Description,Amount\n{rows}".encode())
    months = Period(date(2026, 9, 1), date(2026, 9, 30)), Period(date(2026, 10, 1), date(2026, 10, 31))
    both = Period(months[0].start, months[1].end)
    request = GetSpendingRequest(user_id=books.user_id, period=both, group_by=Grouping.PAYEE)
    spent = await books.use_cases.get_spending(request)
    assert [(one.key, one.amount, one.count) for one in spent.groups] == [
        ("SWIGGY", Decimal("575.00"), 4),
        ("UBER", Decimal("150.00"), 2),
    ]
    shown = await books.use_cases.get_spending(replace(request, payee="swiggy", group_by=Grouping.NONE))
    assert shown.total == Decimal("575.00")
    found = await books.use_cases.analysis.compare_periods(
        ComparePeriodsRequest(user_id=books.user_id, before=months[0], after=months[1])
    )
    assert [(one.payee, one.before, one.after, one.count_after) for one in found.payees] == [
        ("SWIGGY", Decimal("150.00"), Decimal("425.00"), 2),
        ("UBER", Decimal("70.00"), Decimal("80.00"), 1),
    ]
