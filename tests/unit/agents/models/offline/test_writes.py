"""The exact arguments of writes, what is asked back when a detail is missing, and what is never taken for one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.models.offline.planner import Step, next_step
from agents.models.port import Message
from tests.unit.agents.models.offline.records import RECORDS, identifier
from tests.unit.agents.models.offline.test_every_tool import OFFERED, TODAY, answered

LADAKH, CAR, SWIGGY, HDFC = (identifier(number) for number in (1, 2, 10, 20))
ZERODHA, LOAN, KUVERA, FLAT = (identifier(number) for number in (22, 23, 24, 30))
TERMS = {
    "account_id": LOAN, "principal": "4000000", "annual_rate_percent": "8.5", "months": 240,
    "first_due_on": "2026-01-05", "purpose": "home",
}  # fmt: skip


def talked(*questions: str) -> Step:
    """The step after the last question, what is looked up filled in on the way."""
    messages: list[Message] = []
    step = Step()
    for question in questions:
        messages.append({"role": "user", "content": question})
        step = next_step(messages, TODAY, OFFERED)
        while step.calls and all(call.tool in RECORDS for call in step.calls):
            for number, call in enumerate(step.calls, start=len(messages)):
                messages += answered(call, f"c{number}")
            step = next_step(messages, TODAY, OFFERED)
        if not step.calls:
            messages.append({"role": "assistant", "content": step.text})
    return step


@pytest.mark.parametrize(
    ("questions", "tool", "arguments"),
    [
        (("remember that I rent my flat in Pune.",), "remember", {"text": "I rent my flat in Pune"}),
        (("remember 2 lakh is my emergency fund",), "remember", {"text": "2 lakh is my emergency fund"}),
        (("Mera beta 5 saal ka hai, yaad rakho",), "remember", {"text": "Mera beta 5 saal ka hai"}),
        (("remember something about me", "I get a bonus every March"), "remember",
         {"text": "I get a bonus every March"}),
        (("forget that I rent a flat",), "forget", {"memory_id": FLAT}),
        (("forget what I told you", "the one about the flat"), "forget", {"memory_id": FLAT}),
        (("correct what you remember about my rent: it is 25000 now",), "correct_memory",
         {"memory_id": FLAT, "text": "my rent is 25000 now"}),
        (("update the memory about my flat", "I own my flat"), "correct_memory",
         {"memory_id": FLAT, "text": "I own my flat"}),
        (("split my last Swiggy order: 150 groceries, rest dining",), "split_transaction",
         {"transaction_id": SWIGGY, "parts": [{"category": "groceries", "amount": "150"},
                                              {"category": "dining", "amount": "100.00"}]}),
        (("put my last Swiggy order together again",), "split_transaction", {"transaction_id": SWIGGY, "parts": []}),
        (("add a note to my last Swiggy payment: team lunch with Ravi",), "tag_transaction",
         {"transaction_id": SWIGGY, "note": "team lunch with Ravi"}),
        (("remove the tag office from my last Swiggy order",), "tag_transaction",
         {"transaction_id": SWIGGY, "remove_tags": ["office"]}),
        (("undo the last change to my Swiggy payment",), "restore_transaction",
         {"transaction_id": SWIGGY, "version": 0}),
        (("undo that", "swiggy"), "restore_transaction", {"transaction_id": SWIGGY, "version": 0}),
        (("create a category called Pets under shopping",), "add_category", {"name": "Pets", "parent": "shopping"}),
        (("I want a new category Pets", "under shopping"), "add_category", {"name": "Pets", "parent": "shopping"}),
        (("set my target allocation to 60% equity and 40% debt",), "set_target_allocation",
         {"percents": {"equity": "60", "debt": "40"}}),
        (("target allocation 60/40 debt equity",), "set_target_allocation",
         {"percents": {"debt": "60", "equity": "40"}}),
        (("set my target allocation", "equity 70 debt 30"), "set_target_allocation",
         {"percents": {"equity": "70", "debt": "30"}}),
        (("remove my target allocation",), "set_target_allocation", {"percents": {}}),
        (("record my home loan: 40 lakh at 8.5% for 20 years, first emi on 5 Jan 2026",), "set_loan_terms", TERMS),
        (("record my home loan of 40 lakh", "8.5", "20", "5 January 2026"), "set_loan_terms", TERMS),
        (("bought 10 shares of Infosys at 1,500 on 3 nov",), "record_investment_transaction",
         {"account_id": ZERODHA, "kind": "stock", "name": "Infosys", "type": "buy", "traded_on": "2026-11-03",
          "units": "10", "price": "1500"}),
        (("record a SIP of 5k in Axis Bluechip at nav 50.25 on 5 nov",), "record_investment_transaction",
         {"account_id": KUVERA, "kind": "mutual_fund", "name": "Axis Bluechip", "type": "sip",
          "traded_on": "2026-11-05", "amount": "5000", "price": "50.25"}),
        (("change the opening balance of HDFC savings to ₹64,210.55",), "set_opening_balance",
         {"account_id": HDFC, "opening_balance": "64210.55"}),
        (("set the opening balance of my home loan to 25 lakh",), "set_opening_balance",
         {"account_id": LOAN, "opening_balance": "-2500000"}),
        (("my hdfc account began overdrawn, set its opening balance to -1500",), "set_opening_balance",
         {"account_id": HDFC, "opening_balance": "-1500"}),
        (("fix the opening balance of HDFC savings", "12,500"), "set_opening_balance",
         {"account_id": HDFC, "opening_balance": "12500"}),
        (("set the opening balance to 500", "the wallet"), "set_opening_balance",
         {"account_id": identifier(21), "opening_balance": "500"}),
        (("assume 10.5% return on equity",), "set_assumptions",
         {"name": "equity.expected_return_percent", "value": "10.5"}),
        (("assume I live until 90",), "set_assumptions", {"name": "life_expectancy_years", "value": "90"}),
        (("reset the inflation assumption",), "set_assumptions", {"name": "inflation.general_percent"}),
        (("link my car goal", "HDFC savings"), "link_goal_accounts", {"goal": CAR, "accounts": [{"account_id": HDFC}]}),
        (("count 50% of my HDFC account towards the car goal",), "link_goal_accounts",
         {"goal": CAR, "accounts": [{"account_id": HDFC, "share_percent": "50"}]}),
        (("add 20000 to car",), "contribute_to_goal", {"goal": CAR, "amount": "20000"}),
        (("put 5000 into my car savings",), "contribute_to_goal", {"goal": CAR, "amount": "5000"}),
        (("car ke liye 10000 add karo",), "contribute_to_goal", {"goal": CAR, "amount": "10000"}),
        (("ladakh trip mein 2000 jodo",), "contribute_to_goal", {"goal": LADAKH, "amount": "2000"}),
        (("increase my grocery budget by 1000",), "set_budget", {"category": "groceries", "amount": "9000"}),
        (("grocery ka budget 1500 kam kar do",), "set_budget", {"category": "groceries", "amount": "6500"}),
        (("last Swiggy order", "move it to shopping"), "recategorise_transaction",
         {"transaction_id": SWIGGY, "category": "shopping"}),
        (("set 25000 monthly for the car goal",), "update_goal", {"goal": CAR, "monthly_contribution": "25000"}),
        (("my grocery budget", "make it 7000"), "set_budget", {"category": "groceries", "amount": "7000"}),
        (("that last Swiggy one is groceries not shopping",), "recategorise_transaction",
         {"transaction_id": SWIGGY, "category": "groceries"}),
        (("opt out of peer comparison",), "set_similarity_consent", {"granted": False}),
        (("xirr if I put 1 lakh on 5 jan 2023 and got 1.4 lakh on 5 jan 2026",), "calculate_xirr",
         {"flows": [{"day": "2023-01-05", "amount": "-100000"}, {"day": "2026-01-05", "amount": "140000"}]}),
    ],
    ids=lambda value: str(value)[:70],
)  # fmt: skip
def test_a_wish_leads_to_its_exact_arguments(questions: tuple[str, ...], tool: str, arguments: dict[str, Any]) -> None:
    step = talked(*questions)
    assert [(call.tool, json.loads(call.arguments_json)) for call in step.calls] == [(tool, arguments)], step.text


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("remember", "What shall I remember of you?"),
        ("correct the memory about my rent", "What shall it say instead?"),
        ("delete that transaction", "Which payment do you mean?"),
        ("undo that", "Which payment do you mean?"),
        ("split my last Swiggy order", "Into which categories?"),
        ("split my last Swiggy order into groceries and dining", "How much of it for each?"),
        ("split my last Swiggy order: 200 groceries and 200 dining", "do not add up"),
        ("tag my last Swiggy order", "With which word"),
        ("tag that as office", "Which payment do you mean?"),
        ("add a note to my last Swiggy payment", "What shall the note say?"),
        ("add a new category", "What shall the category be called?"),
        ("create a category called Pets", "Under which built-in category"),
        ("set my target allocation to 60% equity", "so that nothing is left over"),
        ("record my home loan", "How large was the loan"),
        ("record my home loan of 40 lakh at 8.5% for 20 years", "first instalment"),
        ("bought 10 shares of Infosys", "At what price"),
        ("record a sip of 5000 in Axis Bluechip", "At what price or NAV"),
        ("assume 10%", "Which assumption"),
        ("assume more inflation", "What figure shall I assume?"),
        ("link my car goal", "Which account's balance"),
        ("link my HDFC account to a goal", "Which goal do you mean"),
        ("add 2000 to bali", "None of your goals is for that"),
        ("add 5000 to my bali goal", "None of your goals is for that"),
        ("remember to pay rent", "cannot remind you"),
        ("forget it", "All right."),
    ],
)
def test_what_is_missing_is_asked_for(question: str, asks: str) -> None:
    step = talked(question)
    assert not step.calls
    assert asks in step.text


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("i forgot what i spent on food last month", "get_spending"),
        ("what do i owe on my home loan", "list_loans"),
        ("how much did i put into mutual funds this year", "get_spending"),
        ("how much did i split with Ravi last month", "get_spending"),
    ],
)
def test_a_question_is_not_taken_for_a_wish(question: str, tool: str) -> None:
    messages: list[Message] = [{"role": "user", "content": question}]
    assert {call.tool for call in next_step(messages, TODAY, OFFERED).calls} == {tool}
