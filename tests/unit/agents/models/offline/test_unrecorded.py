"""What the records do not hold is said, with what they do hold of it; nothing is answered that was not asked."""

from __future__ import annotations

from typing import Any

import pytest

from agents.models.offline.planner import next_step
from tests.unit.agents.models.offline.conversation import told
from tests.unit.agents.models.offline.test_questions import TODAY

ANSWERS: dict[str, dict[str, Any]] = {
    "list_accounts": {
        "as_of": "2026-11-24", "currency": "INR", "total": "38000.00",
        "accounts": [
            {"account_id": "a1", "name": "Axis savings", "account_type": "savings", "balance": "50000.00"},
            {"account_id": "a2", "name": "Axis card", "account_type": "credit_card", "balance": "-12000.00",
             "last_transaction_on": "2026-11-20"},
        ],
    },
    "get_upcoming_bills": {
        "to": "2027-01-07", "total": "12000.00", "earlier": [],
        "days": [{"day": "2026-12-18", "bills": [
            {"payee": "Axis card card bill", "due_on": "2026-12-18", "amount": "12000.00", "is_estimate": True},
        ]}],
    },
}  # fmt: skip
OWED = (
    "You owe ₹12,000.00 on Axis card as of 20 Nov 2026. Going by earlier ones, its next bill is due about 18 Dec 2026."
)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        (
            "minimum due on my card",
            f"Your records do not hold the minimum due: the card's statement or the bank's app tells. {OWED}",
        ),
        ("credit card ka minimum due kitna hai", "do not hold the minimum due"),
        ("what is my credit limit", "do not hold the credit limit"),
        ("reward points on axis card", "do not hold reward points"),
        ("card bill kitna hai", OWED),
        ("when is my credit card due date", OWED),
        ("total due on card", OWED),
        ("card ka bill kab bharna hai", OWED),
    ],
)
def test_of_a_card_its_debt_and_next_bill_are_told(question: str, holds: str) -> None:
    assert holds in told(question, ANSWERS)[0]


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("nominee kaun hai mere account me", "nominees of your accounts"),
        ("when will my FD mature", "when a deposit or a policy matures"),
        ("fd maturity kab hai", "when a deposit or a policy matures"),
        ("tds kitna kata", "kept back before money reached"),
        ("advance tax kab bharna hai", "days by which taxes and returns are due"),
        ("what will be the gold price next month", "prices of the market"),
        ("aaj petrol ka rate kya hai", "prices of the market"),
        ("how many litres of petrol did i buy", "what was bought with a payment"),
        ("raat ko kitna kharch karta hu", "hour of a payment"),
        ("what's my account number", "account numbers, codes or passwords"),
        ("how much is my sum assured", "what your insurance covers"),
    ],
)
def test_what_no_record_holds_is_said(question: str, holds: str) -> None:
    text, calls = told(question, ANSWERS)
    assert holds in text
    assert not calls


@pytest.mark.parametrize(
    "question", ["what about my wife's account", "papa ke account me kitna hai", "husband ki salary kitni hai"]
)
def test_other_people_are_not_on_record(question: str) -> None:
    text, _ = told(question, ANSWERS)
    assert "I see your own records only" in text
    assert "₹" not in text


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("how much did i spend on my parents medical expenses", "get_spending"),
        ("how is my daughter's education fund coming along", "list_goals"),
        ("how much did I spend at big market today", "get_spending"),
        ("how much did i pay for health insurance cover", "get_spending"),
        ("what time is my emi due", "find_recurring_payments"),
    ],
)
def test_what_is_on_record_is_looked_up(question: str, tool: str) -> None:
    calls = next_step([{"role": "user", "content": question}], TODAY, frozenset({tool})).calls
    assert tool in [one.tool for one in calls]
