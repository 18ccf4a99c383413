"""The forecast of a household that the program has not seen: complete, additive, and near what happened."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data.sample import SampleHousehold, generate_household
from services.financial.application.analysis.forecast_balances import ForecastBalancesRequest
from services.financial.domain.account import AccountType
from services.financial.domain.errors import AccountNotFoundError
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, new_uuid
from tests.integration.services.financial.conftest import Books

END = date(2026, 7, 31)


@pytest.fixture
async def household(books: Books, request: pytest.FixtureRequest) -> SampleHousehold:
    made = generate_household(request.param, end=END)
    await books.load_household(made)
    return made


@pytest.mark.parametrize("household", [71, 72, 73], indirect=True)
async def test_the_balance_is_foretold_from_its_parts(books: Books, household: SampleHousehold) -> None:
    await books.open("fund", AccountType.MUTUAL_FUND, opening="500000")
    found = await books.use_cases.analysis.forecast_balances(ForecastBalancesRequest(user_id=books.user_id))
    truth, plan = household.truth, household.plan
    assert found.balance == sum(truth.closing.values())
    assert {account.name for account in found.accounts} == {"hdfc", "sbi", "icici"}
    assert found.expected == found.balance + found.recurring_income + found.commitments + found.everything_else
    assert (found.from_, found.to) == (found.as_of + timedelta(days=1), found.as_of + timedelta(days=90))
    assert [point.day for point in found.points] == [found.from_ + timedelta(days=at) for at in range(90)]
    assert all(point.low <= point.expected <= point.high for point in found.points)
    assert found.is_calibrated
    assert found.coverage_percent is not None
    assert found.coverage_percent >= 60
    assert found.back_tests >= 15
    assert (found.lowest, found.lowest_on) == min((point.expected, point.day) for point in found.points)
    days = [found.from_ + timedelta(days=at) for at in range(90)]
    pay = sum(
        next(e.amount for e in reversed(truth.ledger) if e.payee == job.employer and e.date.day == job.day)
        for job in (plan.first_job, plan.second_job)
        for day in days
        if day.day == job.day
    )
    assert pay <= found.recurring_income < pay + 40_000
    rent = next(-e.amount for e in reversed(truth.ledger) if e.payee == plan.landlord)
    assert -found.commitments >= 2 * (rent + sum(mandate.amount for mandate in plan.mandates))


@pytest.mark.parametrize("household", [74], indirect=True)
async def test_one_account_fewer_points_and_wrong_requests(books: Books, household: SampleHousehold) -> None:
    forecast = books.use_cases.analysis.forecast_balances
    sbi = await forecast(
        ForecastBalancesRequest(user_id=books.user_id, account_id=books.accounts["sbi"], days=30, every=7)
    )
    assert sbi.balance == household.truth.closing["sbi"]
    assert len(sbi.points) == 5
    assert sbi.points[-1].day == sbi.to
    with pytest.raises(AccountNotFoundError):
        await forecast(ForecastBalancesRequest(user_id=books.user_id, account_id=AccountId(new_uuid())))
    for days, every in ((0, 1), (181, 1), (90, 0), (90, 91)):
        with pytest.raises(InvalidInputError, match="must lie between"):
            await forecast(ForecastBalancesRequest(user_id=books.user_id, days=days, every=every))


async def test_a_person_without_records_has_nothing_to_come(books: Books) -> None:
    found = await books.use_cases.analysis.forecast_balances(ForecastBalancesRequest(user_id=books.user_id, days=7))
    assert (found.expected, found.is_calibrated, found.back_tests) == (Decimal("0.00"), False, 0)
    await books.open("hdfc", opening="1000.50")
    opened = await books.use_cases.analysis.forecast_balances(ForecastBalancesRequest(user_id=books.user_id, days=7))
    assert (opened.expected, opened.stale_accounts) == (Decimal("1000.50"), ("hdfc",))
