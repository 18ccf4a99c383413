"""Questions as people type them, by the class of what makes them hard. Today is Tuesday, 24 November 2026."""

from __future__ import annotations

import pytest

from agents.models.offline.planner import next_step
from agents.models.offline.quantities import find_quantities
from agents.models.port import Message
from tests.unit.agents.models.offline.conversation import told
from tests.unit.agents.models.offline.test_questions import OCT, TODAY, YEAR, Call, asked, flow, spending

TOOLS = frozenset(
    {
        "list_accounts", "get_spending", "get_income", "get_cash_flow", "list_loans", "find_recurring_payments",
        "list_goals", "get_asset_allocation", "set_budget", "get_net_worth",
    }
)  # fmt: skip
NOV = ("2026-11-01", "2026-11-24")
THREE = ("2026-08-01", "2026-10-31")
Q1 = ("2026-04-01", "2026-06-30")


def step(question: str) -> tuple[list[str], str]:
    """The tools that are called first, and what is said without any."""
    messages: list[Message] = [{"role": "user", "content": question}]
    found = next_step(messages, TODAY, TOOLS)
    return [call.tool for call in found.calls], found.text


def latest(count: int, **more: object) -> list[Call]:
    return [("search_transactions", {"direction": "debit", "sort": "newest", "limit": count, **more})]


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("Q1 this fy spending", spending(Q1)),
        ("first quarter spending this FY", spending(Q1)),
        ("q1 of last fy groceries", spending(("2025-04-01", "2025-06-30"), category="groceries")),
        ("Q4 spending last FY", spending(("2026-01-01", "2026-03-31"))),
        ("fy27 q1 spend", spending(Q1)),
        ("October spending last year", spending(("2025-10-01", "2025-10-31"))),
        ("rent since April this year", spending(("2026-04-01", "2026-11-24"), category="rent")),
        ("how much i spent b/w 1st oct and 15 oct", spending(("2026-10-01", "2026-10-15"))),
        (
            "how much did i spend yesterday n the day before",
            [*spending(("2026-11-23", "2026-11-23")), *spending(("2026-11-22", "2026-11-22"))],
        ),
        ("spending in the first 10 days of november", spending(("2026-11-01", "2026-11-10"))),
        ("how much did we spend in the last 5 days of last month", spending(("2026-10-27", "2026-10-31"))),
        ("insurance paid this fin year", spending(("2026-04-01", "2026-11-24"), category="insurance")),
        ("lic premium kitna jata hai saal me", spending(("2025-11-01", "2026-10-31"), category="insurance")),
        (
            "is my expense more than last year same time",
            [*spending(("2026-11-01", "2026-11-24")), *spending(("2025-11-01", "2025-11-24"))],
        ),
        ("spend w/o rent in oct", [*spending(OCT), *spending(OCT, category="rent")]),
    ],
)
def test_a_period_is_read_whole(question: str, calls: list[Call]) -> None:
    """A year that stands apart from its quarter or month says of which year that is, and is no period of its own."""
    assert asked(question) == calls


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("last 3 petrol fills", latest(3, category="fuel")),
        ("my last five uber rides", latest(5, payee="uber")),
        ("how much in my last 2 electricity bills", latest(2, category="utilities")),
        ("pichle 3 petrol ke bill", latest(3, category="fuel")),
        ("rent of the last 2 years", spending(("2024-11-01", "2026-10-31"), category="rent")),
    ],
)
def test_so_many_of_the_latest_are_rows(question: str, calls: list[Call]) -> None:
    assert asked(question) == calls


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("income and expenses in October", flow(OCT)),
        ("what's my income, expense and savings for oct", flow(OCT)),
        ("paise kahan gaye is saal", spending(YEAR, group_by="category", top=5)),
        ("where all went my money this year", spending(YEAR, group_by="category", top=5)),
    ],
)
def test_what_is_asked_of_the_whole(question: str, calls: list[Call]) -> None:
    assert asked(question) == calls


@pytest.mark.parametrize(
    ("question", "tools"),
    [
        ("which account has more money sbi or hdfc", ["list_accounts"]),
        ("how much of my salary is gone already", ["get_spending", "get_income"]),
        ("what will i have left after paying all bills this month", ["list_accounts"]),
        ("can i withdraw 50000 and still be ok", ["list_accounts", "get_cash_flow", "get_spending"]),
        ("home loan ki emi next kab hai", ["list_loans", "find_recurring_payments"]),
        ("how much should i put monthly for ladakh trip", ["list_goals"]),
        ("agar main har mahine 8000 dalu to ladakh goal pura hoga?", ["list_goals"]),
        ("change ladakh target to 2 lakh", ["list_goals"]),
        ("am i diversified enough", ["get_asset_allocation"]),
        ("kya haal hai mere paiso ka", ["get_cash_flow"]),
        ("which company pays me", ["get_income"]),
        ("loan khatam hone me kitna time", ["list_loans"]),
        ("net worth last year same day", ["get_net_worth"]),
        ("ladakh ke liye mahine ka kitna lagega", ["list_goals"]),
        ("dining budget 5000 laga do", ["set_budget"]),
        ("mere paas kul kitna paisa hai", ["list_accounts"]),
        ("how much will i save if i cancel hotstar and zee5", ["get_spending", "get_spending"]),
        ("home loan statement", ["list_loans"]),
        ("kitne saal aur emi bharni hai", ["list_loans"]),
        ("if i close my home loan today how much do i need", ["list_loans"]),
        ("aaj kuch debit hua?", ["get_spending"]),
    ],
)
def test_it_is_taken_for_what_it_is(question: str, tools: list[str]) -> None:
    assert step(question)[0] == tools


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("thoda samajh nahi aaya, aur batao", "I answer questions about your own money"),
        ("asian paints bech du kya", "I do not give investment tips"),
        ("when will petrol become cheaper", "prices of the market"),
        ("budget bana do groceries 10k, dining 6k", "I set budgets singly"),
    ],
)
def test_nothing_beside_the_point_is_answered(question: str, says: str) -> None:
    tools, text = step(question)
    assert tools == []
    assert says in text


@pytest.mark.parametrize(
    ("questions", "call"),
    [
        (("when did northstar pay me last",),
         ("search_transactions", {"payee": "northstar", "direction": "credit", "sort": "newest", "limit": 1})),
        (("how much tax refund did i get",),
         ("search_transactions", {"category": "tax", "direction": "credit", "sort": "newest", "limit": 50})),
        (("total income aug sept oct", "avg?"), ("get_income", {"from": "2026-08-01", "to": "2026-10-31"})),
    ],
)  # fmt: skip
def test_money_in_is_looked_for(questions: tuple[str, ...], call: Call) -> None:
    assert asked(*questions) == [call]


def test_an_age_is_read_beside_that_of_retirement() -> None:
    given = find_quantities("60k monthly expense, age 35, retire at 58 possible?")
    assert (given.age_now, given.age) == (35, 58)


@pytest.mark.parametrize("question", ["weekend pe kitna uda diya october me", "weekend spending in october"])
def test_the_weekend_of_a_month_is_all_its_weekends(question: str) -> None:
    days = [arguments["from"] for _, arguments in asked(question)]
    assert days == ["2026-10-03", "2026-10-10", "2026-10-17", "2026-10-24", "2026-10-31"]


@pytest.mark.parametrize(
    ("questions", "calls"),
    [
        (("spending this month against the 3-month average",), [*spending(NOV), *spending(THREE)]),
        (("this month against the 3-month average",), [*spending(NOV), *spending(THREE)]),
        (
            ("dining in October", "is that more than the average of the last 3 months"),
            [*spending(OCT, category="dining"), *spending(("2026-07-01", "2026-09-30"), category="dining")],
        ),
        (("October spending vs the average of 2025",), [*spending(OCT), *spending(("2025-01-01", "2025-12-31"))]),
        (("dining higher than usual this month?",),
         [*spending(NOV, category="dining"), *spending(("2026-05-01", "2026-10-31"), category="dining")]),
    ],
)  # fmt: skip
def test_the_months_of_an_average_are_those_that_are_named(questions: tuple[str, ...], calls: list[Call]) -> None:
    """The last three months are those before the period that is told, and without any they are six."""
    assert asked(*questions) == calls


def test_a_month_is_set_against_the_average_and_not_against_the_sum() -> None:
    found = {"currency": "INR", "total": "9000.00", "average_per_month": "3000.00", "count": 9}
    text, _ = told("dining in October vs the average of the last 3 months", {"get_spending": found})
    assert "₹6,000.00 (200.0%) more than the average of ₹3,000.00 a month" in text


@pytest.mark.parametrize(
    "question", ["did i save more than usual in October", "savings in October vs the average of the last 6 months"]
)
def test_what_was_kept_is_set_against_its_average(question: str) -> None:
    months = [{"month": f"2026-0{number}-01", "net": f"{number}000.00"} for number in range(4, 10)]
    found = {"currency": "INR", "income": "9.00", "spending": "1.00", "net": "8000.00", "months": months}
    text, _ = told(question, {"get_cash_flow": found})
    assert "₹1,500.00 more than the average of ₹6,500.00 a month from April to September 2026" in text


@pytest.mark.parametrize(
    ("question", "says", "count"),
    [
        ("weekend vs weekday spending in October", "on weekends in October 2026, on average", 31),
        ("average spend per day on weekends in October", "₹10.00 a day on weekends in October 2026.", 9),
        ("average spending on sundays in October", "₹10.00 a day on Sundays in October 2026.", 4),
    ],
)
def test_days_of_the_week_are_told_of_the_month_that_is_named(question: str, says: str, count: int) -> None:
    """A call for each day that is compared."""
    text, calls = told(question, {"get_spending": {"currency": "INR", "total": "10.00", "count": 1}})
    assert says in text
    assert len([one for one in calls if one.tool == "get_spending"]) == count
