"""What the context says of a household equals its truth, to the paisa."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.sample import generate_household
from services.financial.application.find_recurring_payments import FindRecurringPaymentsRequest
from services.financial.application.get_cash_flow import GetCashFlowRequest
from services.financial.application.get_monthly_summary import GetMonthlySummaryRequest
from services.financial.application.get_net_worth import GetNetWorthRequest
from services.financial.domain.period import Month, Period
from tests.integration.services.financial.conftest import Books

END = date(2026, 10, 31)


@pytest.mark.parametrize(("seed", "order"), [(7, ("hdfc", "sbi", "icici")), (21, ("icici", "sbi", "hdfc"))])
async def test_every_month_agrees_whatever_the_order_of_imports(
    books: Books, seed: int, order: tuple[str, ...]
) -> None:
    household = generate_household(seed, end=END)
    truth = household.truth
    await books.load_household(household, order)
    expected_spend, expected_income = truth.spend, truth.income
    differences = {}
    for month, by_category in expected_spend.items():
        summary = await books.use_cases.get_monthly_summary(
            GetMonthlySummaryRequest(user_id=books.user_id, month=Month.parse(month))
        )
        said = {category.value: amount for category, amount in summary.by_category.items()}
        # A restaurant that calls itself a hotel cannot be told from a hotel by its name.
        for merged in (said, by_category):
            merged["dining"] = merged.get("dining", Decimal(0)) + merged.pop("travel", Decimal(0))
        if said != {k: v for k, v in by_category.items() if k in said or v}:
            differences[month] = (said, by_category)
        assert summary.spending == truth.spend_total[month]
        assert summary.income == expected_income.get(month, Decimal(0))
    assert differences == {}
    worth = await books.use_cases.get_net_worth(GetNetWorthRequest(user_id=books.user_id))
    assert {a.name: a.balance for a in worth.accounts} == {str(k): v for k, v in truth.closing.items()}
    assert worth.net_worth == sum(truth.closing.values(), Decimal(0))


@pytest.mark.parametrize("seed", [7, 13])
async def test_recurring_payments_are_those_of_the_household(books: Books, seed: int) -> None:
    household = generate_household(seed, end=END)
    await books.load_household(household)
    found = await books.use_cases.find_recurring_payments(FindRecurringPaymentsRequest(user_id=books.user_id))
    expected = {(one.payee, one.amount, one.cadence) for one in household.truth.recurring}
    assert {(one.payee, one.amount, one.cadence) for one in found.payments} == expected


async def test_income_less_spending_is_the_change_of_net_worth(books: Books) -> None:
    household = generate_household(3, end=END, months=6)
    await books.load_household(household)
    ledger = household.truth.ledger
    flow = await books.use_cases.get_cash_flow(
        GetCashFlowRequest(user_id=books.user_id, period=Period(ledger[0].date, ledger[-1].date))
    )
    opening = sum(household.truth.opening.values(), Decimal(0))
    closing = sum(household.truth.closing.values(), Decimal(0))
    unpaired = closing - opening - flow.net
    transfers = sum((e.amount for e in ledger if e.category == "transfer"), Decimal(0))
    assert unpaired == transfers
