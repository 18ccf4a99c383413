from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.knowledge_graph.domain.insights.dependencies import AccountRole, goal_dependencies
from services.knowledge_graph.domain.insights.flow import FlowKind, main_currency, money_flow
from services.knowledge_graph.domain.insights.impact import account_impact
from services.knowledge_graph.domain.insights.window import complete_months, per_month, percent
from services.knowledge_graph.domain.model import AccountNode, GoalNode, from_minor, to_minor
from services.knowledge_graph.domain.movements import Holdings, Movement, OwnTransfer
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, GoalId, UserId, new_uuid
from services.shared.domain.money import Money

USER = UserId(new_uuid())


def account(name: str, currency: str = "INR") -> AccountNode:
    return AccountNode(
        id=AccountId(new_uuid()),
        user_id=USER,
        name=name,
        account_type="savings",
        institution="HDFC Bank",
        currency=currency,
    )


def goal(name: str) -> GoalNode:
    return GoalNode(
        id=GoalId(new_uuid()),
        user_id=USER,
        name=name,
        goal_type="home",
        target_amount=Money(Decimal("500000")),
        target_date=date(2031, 3, 31),
    )


def moved(at: AccountNode, payee: str, category: str, total: str, months: int = 6, currency: str = "INR") -> Movement:
    amount = Decimal(total)
    return Movement(
        account_id=at.id,
        category=category,
        payee=payee,
        out=amount < 0,
        total=Money(abs(amount), currency),
        count=months,
        months=months,
        first_on=date(2026, 5, 1),
        last_on=date(2026, 10, 1),
    )


def sent(source: AccountNode, target: AccountNode, total: str) -> OwnTransfer:
    return OwnTransfer(source=source.id, target=target.id, total=Money(Decimal(total)), count=6)


SALARY, SAVINGS, FUND, SPARE = account("Salary"), account("Savings"), account("Fund"), account("Spare")
HOME, CAR, DREAM = goal("Home"), goal("Car"), goal("Dream")
HOLDINGS = Holdings(
    accounts=(SALARY, SAVINGS, FUND, SPARE),
    goals=(HOME, CAR, DREAM),
    links=((HOME.id, FUND.id), (CAR.id, FUND.id), (CAR.id, SPARE.id)),
)
MOVEMENTS = [
    moved(SALARY, "ACME", "salary", "600000"),
    moved(SALARY, "Landlord", "rent", "-120000"),
    moved(SALARY, "Swiggy", "dining", "-30000.01", months=2),
    moved(SAVINGS, "Bank", "interest", "6000"),
    moved(SPARE, "Bank", "interest", "600", months=2),
    moved(SALARY, "Shop", "shopping", "-100", currency="USD", months=1),
    moved(SALARY, "Self", "transfer", "-90000"),
]
TRANSFERS = [sent(SALARY, SAVINGS, "90000"), sent(SAVINGS, FUND, "60000"), sent(FUND, SPARE, "1000")]


def test_money_flows_from_income_over_accounts_to_goals() -> None:
    found = money_flow(HOLDINGS, MOVEMENTS, TRANSFERS, 6, "INR")
    assert (found.income, found.spending) == (Decimal("606600.00"), Decimal("150000.01"))
    assert found.to_goals == Decimal("60600.00")
    told = {(flow.kind, flow.source, flow.target): (flow.total, flow.monthly, flow.shared) for flow in found.flows}
    assert told[FlowKind.INCOME, "ACME", "Salary"] == (Decimal("600000.00"), Decimal("100000.00"), False)
    assert told[FlowKind.TRANSFER, "Savings", "Fund"] == (Decimal("60000.00"), Decimal("10000.00"), False)
    assert told[FlowKind.SPENDING, "Salary", "dining"] == (Decimal("30000.01"), Decimal("5000.00"), False)
    assert told[FlowKind.GOAL, "Fund", "Home"] == (Decimal("60000.00"), Decimal("10000.00"), True)
    assert told[FlowKind.GOAL, "Spare", "Car"] == (Decimal("600.00"), Decimal("100.00"), False)
    assert found.left_out == ("movements in USD", "what reaches goals that are linked to no account: Dream")


def test_the_currency_is_that_of_most_movements() -> None:
    assert main_currency(HOLDINGS, MOVEMENTS) == "INR"
    assert main_currency(HOLDINGS, [MOVEMENTS[5]]) == "USD"
    assert main_currency(Holdings(accounts=(account("A", "EUR"),)), []) == "EUR"
    assert main_currency(Holdings(), []) == "INR"


def test_a_linked_goal_depends_on_all_that_feeds_its_accounts() -> None:
    found = goal_dependencies(HOLDINGS, MOVEMENTS, TRANSFERS, HOME, 6)
    assert [(one.name, one.role, one.monthly) for one in found.accounts] == [
        ("Fund", AccountRole.LINKED, Decimal("10000.00")),
        ("Salary", AccountRole.FEEDS, Decimal("15000.00")),
        ("Savings", AccountRole.FEEDS, Decimal("10000.00")),
    ]
    assert [(one.payee, one.share_percent) for one in found.payees] == [
        ("ACME", Decimal("99.0")),
        ("Bank", Decimal("1.0")),
    ]
    assert [one.category for one in found.categories] == ["rent", "dining"]
    assert found.left_out == ("movements in USD",)


def test_a_goal_without_accounts_depends_on_all_income() -> None:
    found = goal_dependencies(HOLDINGS, MOVEMENTS, TRANSFERS, DREAM, 6)
    assert "no account" in found.basis
    assert [one.name for one in found.accounts] == ["Salary", "Savings", "Spare"]
    assert {one.role for one in found.accounts} == {AccountRole.EARNS}


def test_transfers_in_a_circle_end() -> None:
    circle = [*TRANSFERS, sent(FUND, SALARY, "5")]
    assert len(goal_dependencies(HOLDINGS, MOVEMENTS, circle, HOME, 6).accounts) == 3


def test_what_breaks_when_an_account_is_closed() -> None:
    found = account_impact(HOLDINGS, MOVEMENTS, TRANSFERS, SALARY, 6)
    assert found.income_percent == Decimal("98.9")
    assert found.spending_percent == Decimal("100.0")
    assert [one.payee for one in found.income] == ["ACME"]
    assert [one.payee for one in found.regular_payments] == ["Landlord"]
    assert [(one.account, one.direction, one.monthly) for one in found.transfers] == [
        ("Savings", "out", Decimal("15000.00"))
    ]
    assert found.goals == ()
    assert found.left_out == ("other currencies",)
    savings = account_impact(HOLDINGS, MOVEMENTS, TRANSFERS, SAVINGS, 6)
    assert [(one.goal, one.reason) for one in savings.goals] == [
        ("Home", "it is fed: money goes from here to Fund"),
        ("Car", "it is fed: money goes from here to Fund"),
    ]
    assert [one.goal for one in account_impact(HOLDINGS, MOVEMENTS, TRANSFERS, FUND, 6).goals] == ["Home", "Car"]


def test_the_window_is_of_complete_months() -> None:
    window = complete_months(date(2026, 3, 31), 3)
    assert (window.start, window.end) == (date(2025, 12, 1), date(2026, 2, 28))
    for wrong in (0, 37):
        with pytest.raises(InvalidInputError, match="from 1 to 36"):
            complete_months(date(2026, 3, 31), wrong)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 36))
def test_a_window_has_as_many_months_as_it_says(day: date, months: int) -> None:
    window = complete_months(day, months)
    assert window.start.day == 1
    assert (window.end.year - window.start.year) * 12 + window.end.month - window.start.month + 1 == months
    assert window.end < day
    assert (day - window.end).days == day.day


@given(st.decimals(-(10**12), 10**12, places=4), st.sampled_from(["INR", "JPY", "KWD"]))
def test_minor_units_lose_nothing(amount: Decimal, currency: str) -> None:
    money = Money(amount, currency)
    assert from_minor(to_minor(money), currency) == money


def test_averages_and_shares_round_half_to_even() -> None:
    assert per_month(Money(Decimal("0.03")), 2) == Decimal("0.02")
    assert percent(Money(Decimal(1)), Money(Decimal(3))) == Decimal("33.3")
    assert percent(Money(Decimal(1)), Money(Decimal(0))) == Decimal("0.0")
