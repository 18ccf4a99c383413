"""Questions in many wordings, and the tool calls they have to lead to. Today is Tuesday, 24 November 2026."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from agents.models.offline.planner import next_step
from agents.models.port import Message

TODAY = date(2026, 11, 24)
TOOLS = frozenset(
    {
        "get_profile", "list_accounts", "search_transactions", "get_spending", "get_income", "get_cash_flow",
        "get_net_worth", "find_recurring_payments", "list_goals", "calculate",
    }
)  # fmt: skip
OCT = ("2026-10-01", "2026-10-31")
SEP = ("2026-09-01", "2026-09-30")
YEAR = ("2026-01-01", "2026-11-24")
FY26 = ("2025-04-01", "2026-03-31")
Call = tuple[str, dict[str, Any]]


def asked(*questions: str) -> list[Call]:
    messages: list[Message] = [{"role": "user", "content": question} for question in questions]
    step = next_step(messages, TODAY, TOOLS)
    return [(call.tool, json.loads(call.arguments_json)) for call in step.calls]


def spending(period: tuple[str, str], **more: object) -> list[Call]:
    return [("get_spending", {"from": period[0], "to": period[1], **more})]


def income(period: tuple[str, str], **more: object) -> list[Call]:
    return [("get_income", {"from": period[0], "to": period[1], **more})]


def flow(period: tuple[str, str]) -> list[Call]:
    return [("get_cash_flow", {"from": period[0], "to": period[1]})]


SPENDING: list[tuple[str, list[Call]]] = [
    ("What did I spend on eating out last month?", spending(OCT, category="dining")),
    ("how much did I spend on food last month", spending(OCT, category="dining")),
    ("restaurants in October?", spending(OCT, category="dining")),
    ("dining spend for Oct 2026", spending(OCT, category="dining")),
    ("How much went on groceries in October", spending(OCT, category="groceries")),
    ("kirana expenses last month", spending(OCT, category="groceries")),
    ("petrol last month", spending(OCT, category="fuel")),
    ("what did fuel cost me in October", spending(OCT, category="fuel")),
    ("cab and auto spend last month", spending(OCT, category="transport")),
    ("how much on electricity and phone bills in October 2026", spending(OCT, category="utilities")),
    ("medical expenses this year", spending(YEAR, category="health")),
    ("how much rent have I paid this year", spending(YEAR, category="rent")),
    ("OTT subscriptions cost this year", spending(YEAR, category="subscriptions")),
    ("what did I invest this year", spending(YEAR, category="investments")),
    ("how much EMI did I pay in FY 2025-26", spending(FY26, category="loan_emi")),
    ("insurance premiums in FY26", spending(FY26, category="insurance")),
    ("total spending in the last financial year", spending(FY26)),
    ("what did I spend in October 2026?", spending(OCT)),
    ("How much did I spend in Oct '26?", spending(OCT)),
    ("spending in 10/2026", spending(OCT)),
    ("spending between 1 Oct and 31 Oct 2026", spending(OCT)),
    ("how much have I spent this month", spending(("2026-11-01", "2026-11-24"))),
    ("what did I spend yesterday", spending(("2026-11-23", "2026-11-23"))),
    ("spending last week", spending(("2026-11-16", "2026-11-22"))),
    ("what did I spend in the last 7 days", spending(("2026-11-18", "2026-11-24"))),
    ("spent on 19 Aug 2026", spending(("2026-08-19", "2026-08-19"))),
    ("spending from March to June 2026", spending(("2026-03-01", "2026-06-30"))),
    ("what did I spend since September", spending(("2026-09-01", "2026-11-24"))),
    ("shopping last quarter", spending(("2026-07-01", "2026-09-30"), category="shopping")),
    ("spending in Q1 FY27", spending(("2026-04-01", "2026-06-30"))),
    ("how much did I spend at Swiggy last month", spending(OCT, payee="Swiggy")),
    ("what did I pay Netflix this year", spending(YEAR, payee="Netflix")),
    ("money spent on Amazon in October", spending(OCT, payee="Amazon")),
    ("how much did I pay to Ramesh Kulkarni this year", spending(YEAR, payee="Ramesh Kulkarni")),
    ("top 5 merchants this year", spending(YEAR, group_by="payee", top=5)),
    ("my top 3 spending categories last month", spending(OCT, group_by="category", top=3)),
    ("where did my money go in October", spending(OCT, group_by="category", top=5)),
    ("which category did I spend most on last month?", spending(OCT, group_by="category", top=5)),
    ("break down my October spending by category", spending(OCT, group_by="category")),
    ("spending by merchant last month", spending(OCT, group_by="payee")),
    ("spending trend over the last 6 months", spending(("2026-05-01", "2026-10-31"), group_by="month")),
    ("how has my fuel spending changed over the last 3 months",
     spending(("2026-08-01", "2026-10-31"), category="fuel", group_by="month")),
    ("which month did I spend most in this year", spending(YEAR, group_by="month")),
    ("average monthly grocery spend over the last 6 months",
     spending(("2026-05-01", "2026-10-31"), category="groceries")),
    ("what do I spend on dining per month this year", spending(YEAR, category="dining")),
]  # fmt: skip
COMPARED: list[tuple[str, list[Call]]] = [
    ("did I spend more on dining in September than in August",
     spending(SEP, category="dining") + spending(("2026-08-01", "2026-08-31"), category="dining")),
    ("compare my spending in Oct and Sep", spending(OCT) + spending(SEP)),
    ("groceries vs dining last month", spending(OCT, category="groceries") + spending(OCT, category="dining")),
    ("did I spend more on shopping last month than the month before?",
     spending(OCT, category="shopping") + spending(SEP, category="shopping")),
    ("compare October with the same month last year", spending(OCT) + spending(("2025-10-01", "2025-10-31"))),
    ("what share of my spending goes to rent this year", spending(YEAR, category="rent") + spending(YEAR)),
    ("what percent of my income went to rent last month", spending(OCT, category="rent") + income(OCT)),
    ("spending last month except rent", spending(OCT) + spending(OCT, category="rent")),
]  # fmt: skip
OTHERS: list[tuple[str, list[Call]]] = [
    ("How much did I earn last month?", income(OCT)),
    ("my salary in October", income(OCT, category="salary")),
    ("how much interest did I get this year", income(YEAR, category="interest")),
    ("total income in FY 2025-26", income(FY26)),
    ("what's my savings rate last month", flow(OCT)),
    ("how much did I save in October", flow(OCT)),
    ("cash flow for the last 3 months", flow(("2026-08-01", "2026-10-31"))),
    ("income vs expenses last month", flow(OCT)),
    ("what is my net worth", [("get_net_worth", {})]),
    ("how much am I worth?", [("get_net_worth", {})]),
    ("what do I owe", [("get_net_worth", {})]),
    ("net worth at the end of September", [("get_net_worth", {"as_of": "2026-09-30"})]),
    ("show my account balances", [("list_accounts", {})]),
    ("what's the balance in my SBI account", [("list_accounts", {})]),
    ("how much money do I have in the bank", [("list_accounts", {})]),
    ("what did I spend from my credit card last month", [("list_accounts", {})]),
    ("what subscriptions do I have", [("find_recurring_payments", {"category": "subscriptions"})]),
    ("list my recurring payments", [("find_recurring_payments", {})]),
    ("which payments come back every month?", [("find_recurring_payments", {})]),
    ("when is Netflix due", [("find_recurring_payments", {"payee": "Netflix"})]),
    ("how are my goals doing", [("list_goals", {})]),
    ("am I on track for my goals?", [("list_goals", {})]),
    ("what's my email", [("get_profile", {})]),
    ("who am I", [("get_profile", {})]),
]  # fmt: skip
SEARCHES: list[tuple[str, dict[str, Any]]] = [
    ("show my last 5 transactions", {"sort": "newest", "limit": 5}),
    ("latest 10 transactions", {"sort": "newest", "limit": 10}),
    ("transactions above 10,000 in August",
     {"from": "2026-08-01", "to": "2026-08-31", "min_amount": "10000.01", "sort": "newest"}),
    ("transactions over 1 lakh this year", {"from": YEAR[0], "to": YEAR[1], "min_amount": "100000.01"}),
    ("payments between 500 and 2,000 last month", {"from": OCT[0], "min_amount": "500", "max_amount": "2000"}),
    ("largest purchase this year", {"from": YEAR[0], "to": YEAR[1], "direction": "debit", "sort": "largest"}),
    ("my biggest expense in October", {"from": OCT[0], "to": OCT[1], "sort": "largest"}),
    ("when did I last pay rent", {"category": "rent", "sort": "newest", "limit": 1}),
    ("how many times did I order from Zomato last month", {"payee": "Zomato", "from": OCT[0], "to": OCT[1]}),
    ("how often did I use Uber this year", {"payee": "Uber", "from": YEAR[0]}),
    ("refunds this year", {"direction": "credit", "from": YEAR[0]}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "calls"), [*SPENDING, *COMPARED, *OTHERS], ids=lambda value: str(value)[:60])
def test_a_question_leads_to_its_calls(question: str, calls: list[Call]) -> None:
    assert asked(question) == calls


@pytest.mark.parametrize(("question", "arguments"), SEARCHES, ids=lambda value: str(value)[:60])
def test_a_search_has_its_conditions(question: str, arguments: dict[str, Any]) -> None:
    ((tool, said),) = asked(question)
    assert tool == "search_transactions"
    assert arguments.items() <= said.items()


@pytest.mark.parametrize("shape", ["{}", "{}?", "  {}  ", "please tell me: {}", "{} thanks"])
@pytest.mark.parametrize(("question", "calls"), SPENDING[:10], ids=lambda value: str(value)[:40])
def test_politeness_and_punctuation_change_nothing(shape: str, question: str, calls: list[Call]) -> None:
    assert asked(shape.format(question.rstrip("?"))) == calls


FIRST = "What did I spend on eating out last month?"


@pytest.mark.parametrize(
    ("follow_ups", "calls"),
    [
        (["and in September?"], spending(SEP, category="dining")),
        (["what about groceries?"], spending(OCT, category="groceries")),
        (["what about groceries?", "and in September?"], spending(SEP, category="groceries")),
        (["and for swiggy?"], spending(OCT, payee="swiggy")),
        (["break it down by merchant"], spending(OCT, category="dining", group_by="payee")),
        (["compare that with September"], spending(OCT, category="dining") + spending(SEP, category="dining")),
        (["and my income?"], income(OCT)),
        (["thanks", "and in September?"], spending(SEP, category="dining")),
        (["What are my top 5 merchants this year?"], spending(YEAR, group_by="payee", top=5)),
        (["what is my net worth"], [("get_net_worth", {})]),
    ],
)
def test_follow_ups_lean_on_what_was_asked(follow_ups: list[str], calls: list[Call]) -> None:
    assert asked(FIRST, *follow_ups) == calls


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("hello", "For example"),
        ("what can you do", "For example"),
        ("thanks!", "welcome"),
        ("should I buy Infosys shares?", "do not give investment tips"),
        ("which mutual fund is best to invest in", "do not give investment tips"),
        ("what's the weather in Pune", "not in your money records"),
        ("Start a goal of ₹12 lakh for a car by March 2028", "may not use what that needs: create_goal"),
        ("transfer 5000 to Ravi", "cannot move money"),
        ("colourless green ideas", "did not understand"),
        ("", "did not understand"),
    ],
)
def test_what_needs_no_tool_is_answered_plainly(question: str, says: str) -> None:
    step = next_step([{"role": "user", "content": question}], TODAY, TOOLS)
    assert step.calls == ()
    assert says in step.text


def test_a_tool_that_is_not_offered_is_said() -> None:
    step = next_step([{"role": "user", "content": FIRST}], TODAY, frozenset({"list_goals"}))
    assert "may not use" in step.text
