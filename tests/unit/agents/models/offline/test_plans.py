"""Goals, retirement, budgets and records: what is asked back, and the exact arguments of each write."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from agents.models.offline.planner import Step, next_step
from agents.models.port import Message

TODAY = date(2026, 11, 24)
TOOLS = frozenset(
    {
        "get_spending", "get_cash_flow", "get_net_worth", "list_goals", "list_accounts", "search_transactions",
        "calculate",
        "create_goal", "update_goal", "delete_goal", "contribute_to_goal", "plan_goal", "simulate_goal", "what_if_goal",
        "plan_retirement", "allocate_surplus", "set_budget", "delete_budget", "get_budgets", "recategorise_transaction",
        "recategorise_transactions", "add_category_rule", "add_transaction", "tag_transaction", "calculate_loan",
        "calculate_prepayment", "list_loans", "compare_tax_regimes", "get_tax_deductions", "get_holdings",
        "get_investment_returns", "get_asset_allocation", "get_capital_gains", "find_sips", "get_account_impact",
        "get_money_flow", "get_goal_dependencies", "get_typical_allocation", "review_subscriptions", "find_anomalies",
        "get_upcoming_bills", "get_income_stability", "find_recurring_payments",
    }
)  # fmt: skip
GOAL = {
    "goal_id": "g1", "name": "Trip to Ladakh", "goal_type": "travel", "target_date": "2027-11-30",
    "monthly_contribution": "3000",
}  # fmt: skip
CAR = {"goal_id": "g2", "name": "Car", "goal_type": "car", "target_date": "2028-03-31", "monthly_contribution": "0"}
LISTED: dict[str, dict[str, Any]] = {
    "list_goals": {"as_of": "2026-11-24", "goals": [GOAL, CAR]},
    "search_transactions": {
        "count": 1,
        "transactions": [{"transaction_id": "t1", "date": "2026-11-20", "payee": "SWIGGY", "amount": "-250.00"}],
    },
    "list_loans": {
        "as_of": "2026-11-24",
        "loans": [
            {"account_id": "l1", "account": "Home loan", "purpose": "home", "months": 240, "instalments_left": 216}
        ],
    },
    "list_accounts": {
        "accounts": [
            {"account_id": "a1", "name": "HDFC savings", "institution": "HDFC Bank", "account_type": "savings"},
            {"account_id": "a2", "name": "Wallet", "institution": "", "account_type": "cash"},
        ]
    },
}


def talked(*questions: str) -> Step:
    """The step after the last question, results of lists filled in on the way."""
    messages: list[Message] = []
    step = Step()
    for question in questions:
        messages.append({"role": "user", "content": question})
        step = next_step(messages, TODAY, TOOLS)
        while step.calls and all(call.tool in LISTED for call in step.calls):
            for call in step.calls:
                number = f"c{len(messages)}"
                function = {"name": call.tool, "arguments": call.arguments_json}
                messages.append(
                    {
                        "role": "assistant",
                        "content": None,
                        "tool_calls": [{"id": number, "type": "function", "function": function}],  # type: ignore[typeddict-item]
                    }
                )
                messages.append({"role": "tool", "tool_call_id": number, "content": json.dumps(LISTED[call.tool])})
            step = next_step(messages, TODAY, TOOLS)
        if not step.calls:
            messages.append({"role": "assistant", "content": step.text})
    return step


HOME_LOAN: dict[str, Any] = {"principal": "5000000", "annual_rate_percent": "8.5", "months": 240}
CAR_GOAL = {"name": "Car", "goal_type": "car", "target_amount": "1200000", "target_date": "2028-03-31"}


@pytest.mark.parametrize(
    ("questions", "tool", "arguments"),
    [
        (("Start a goal of ₹12 lakh for a car by March 2028",), "create_goal", CAR_GOAL),
        (("12 lakh ki car ke liye goal banao March 2028 tak",), "create_goal", CAR_GOAL),
        (("create a car goal of 12,00,000 by 31 March 2028",), "create_goal", CAR_GOAL),
        (("I want to save 12 lakh for a car by March 2028",), "create_goal", CAR_GOAL),
        (("please set up a new goal: car, 12 lakhs, by march 2028",), "create_goal", CAR_GOAL),
        (("I want to start a goal", "a car", "12 lakh", "March 2028"), "create_goal", CAR_GOAL),
        (("start a goal for a car", "₹12,00,000", "by the end of March 2028"), "create_goal", CAR_GOAL),
        (("what if I invest 5000 more a month for my Ladakh goal",), "what_if_goal",
         {"goal": "g1", "monthly_contribution": "8000"}),
        (("what if I delay the Ladakh trip by a year",), "what_if_goal", {"goal": "g1", "target_date": "2028-11-30"}),
        (("what if the car goal costs 15 lakh",), "what_if_goal", {"goal": "g2", "target_amount": "1500000"}),
        (("what if I put a lump sum of 1 lakh into the car goal",), "what_if_goal",
         {"goal": "g2", "lump_sum": "100000"}),
        (("what if I put 10000 into the car goal", "every month"), "what_if_goal",
         {"goal": "g2", "monthly_contribution": "10000"}),
        (("what if my Ladakh goal returns 8%",), "what_if_goal", {"goal": "g1", "expected_return_percent": "8"}),
        (("put 5000 towards my Ladakh goal",), "contribute_to_goal", {"goal": "g1", "amount": "5000"}),
        (("change the target of my car goal to 15 lakh",), "update_goal", {"goal": "g2", "target_amount": "1500000"}),
        (("move my car goal to June 2029",), "update_goal", {"goal": "g2", "target_date": "2029-06-30"}),
        (("delete my Ladakh goal",), "delete_goal", {"goal": "g1"}),
        (("allocate 40000 a month across my goals",), "allocate_surplus", {"surplus": "40000"}),
        (("set a monthly budget of 8000 for groceries",), "set_budget", {"category": "groceries", "amount": "8000"}),
        (("groceries ke liye 8000 ka budget banao",), "set_budget", {"category": "groceries", "amount": "8000"}),
        (("set a budget", "dining", "6k"), "set_budget", {"category": "dining", "amount": "6000"}),
        (("remove the dining budget",), "delete_budget", {"category": "dining"}),
        (("mark my last Swiggy order as groceries",), "recategorise_transaction",
         {"transaction_id": "t1", "category": "groceries"}),
        (("categorise all Amazon payments as gifts",), "recategorise_transactions",
         {"payee": "Amazon", "new_category": "gifts"}),
        (("always put Zomato under groceries",), "add_category_rule", {"pattern": "Zomato", "category": "groceries"}),
        (("tag my last Swiggy order as office",), "tag_transaction", {"transaction_id": "t1", "add_tags": ["office"]}),
        (("add an expense of 500 for tea yesterday", "wallet"), "add_transaction",
         {"account_id": "a2", "date": "2026-11-23", "amount": "500", "direction": "debit", "description": "Dining",
          "category": "dining"}),
        (("what is the EMI on a loan of 50 lakh at 8.5% for 20 years",), "calculate_loan", HOME_LOAN),
        (("50 lakh ka home loan 8.5% pe 20 saal ke liye EMI kitni hogi",), "calculate_loan", HOME_LOAN),
        (("EMI for a 50 lakh loan", "8.5", "20"), "calculate_loan", HOME_LOAN),
        (("what do I save by prepaying 2 lakh on a 50 lakh loan at 8.5% for 20 years",), "calculate_prepayment",
         HOME_LOAN | {"prepayments": [{"after_instalment": 1, "amount": "200000"}]}),
        (("what if I prepay 2 lakh on my home loan",), "calculate_prepayment",
         {"account_id": "l1", "prepayments": [{"after_instalment": 25, "amount": "200000"}]}),
        (("old or new tax regime for a salary of 18 lakh?",), "compare_tax_regimes",
         {"gross_salary": "1800000", "use_hints": True}),
        (("which tax regime is better for me", "18 lakh"), "compare_tax_regimes",
         {"gross_salary": "1800000", "use_hints": True}),
        (("how much of 80C have I used",), "get_tax_deductions", {}),
        (("how is my portfolio doing",), "get_investment_returns", {}),
        (("what is my XIRR",), "get_investment_returns", {}),
        (("what are my mutual funds worth",), "get_holdings", {}),
        (("what is my asset allocation",), "get_asset_allocation", {}),
        (("capital gains in FY 2025-26",), "get_capital_gains", {"financial_year": "2025-26"}),
        (("what SIPs do I have",), "find_sips", {}),
        (("what happens if I close my wallet",), "get_account_impact", {"account_id": "a2"}),
        (("how does my money flow",), "get_money_flow", {}),
        (("what does my Ladakh goal depend on",), "get_goal_dependencies", {"goal_id": "g1"}),
        (("how do I compare with people like me",), "get_typical_allocation", {}),
        (("which subscriptions am I not using",), "review_subscriptions", {}),
        (("any unusual transactions?",), "find_anomalies", {"days": 90}),
        (("was I charged twice for something?",), "find_anomalies", {"days": 90}),
        (("what bills are due next month",), "get_upcoming_bills", {"from": "2026-12-01", "days": 31}),
        (("how stable is my income",), "get_income_stability", {}),
        (("what if I cancel Netflix",), "find_recurring_payments", {"payee": "Netflix"}),
    ],
    ids=lambda value: str(value)[:70],
)  # fmt: skip
def test_a_wish_leads_to_one_call_with_exact_arguments(
    questions: tuple[str, ...], tool: str, arguments: dict[str, Any]
) -> None:
    step = talked(*questions)
    assert [(call.tool, dict(call.arguments)) for call in step.calls] == [(tool, arguments)]


@pytest.mark.parametrize(
    ("questions", "asks"),
    [
        (("I want to start a goal",), "What is the goal for?"),
        (("start a goal for a car",), "How much money does it take"),
        (("start a goal for a car of 12 lakh",), "By when"),
        (("Can I retire at 55?",), "How old are you now?"),
        (("can I afford a new phone?",), "How much does it cost?"),
        (("set a budget",), "Which category"),
        (("set a budget for groceries",), "How much a month"),
        (
            ("will I reach my goal", "what if I invest 5000 more a month"),
            "Which goal do you mean: Trip to Ladakh or Car?",
        ),
        (("what if I put 10000 into the car goal",), "every month, or once"),
        (("add an expense of 500 for tea",), "Which account do you mean: HDFC savings or Wallet?"),
        (("recategorise Bluebird",), "Into which category?"),
        (("which tax regime is better for me?",), "What is your gross salary"),
        (("EMI for a loan of 10 lakh",), "At what yearly interest rate"),
        (("I want to prepay my home loan",), "How much do you want to prepay?"),
        (("how long until my wedding goal is reached?",), "None of your goals is for that"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_missing_is_asked_for(questions: tuple[str, ...], asks: str) -> None:
    assert asks in talked(*questions).text


def test_a_new_question_is_not_taken_for_a_reply() -> None:
    step = talked("I want to start a goal", "how much did I spend last month?")
    assert [call.tool for call in step.calls] == ["get_spending"]


@pytest.mark.parametrize("reply", ["34", "I'm 34", "34 years old", "i am 34", "meri umar 34 hai"])
def test_retirement_needs_the_age_and_the_persons_own_figures(reply: str) -> None:
    step = talked("Can I retire at 55?", reply)
    assert [call.tool for call in step.calls] == ["get_spending", "get_spending", "get_cash_flow", "get_net_worth"]


@pytest.mark.parametrize(
    ("code", "says"), [("declined", "Nothing was changed"), ("approval-expired", "nothing was changed")]
)
def test_what_was_not_approved_is_told(code: str, says: str) -> None:
    call = talked("delete my Ladakh goal").calls[0]
    function = {"name": call.tool, "arguments": call.arguments_json}
    messages: list[Message] = [
        {"role": "user", "content": "delete my Ladakh goal"},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "c1", "type": "function", "function": function}]},  # type: ignore[typeddict-item]
        {"role": "tool", "tool_call_id": "c1", "content": json.dumps({"error": {"code": code, "detail": "No. 5."}})},
    ]
    assert says in next_step(messages, TODAY, TOOLS).text
