"""Questions about the person's own loans, which are looked up and not asked back. Today is 24 November 2026."""

from __future__ import annotations

from typing import Any

import pytest

from agents.models.port import Message
from tests.unit.agents.models.offline.conversation import told

LOAN = {
    "account_id": "a9", "account": "Home loan", "purpose": "home", "currency": "INR", "months": 240,
    "instalments_left": 216, "owed": "3500000.00", "emi": "34000.00", "annual_rate_percent": "8.50",
    "next_due_on": "2026-12-05", "financial_year": "2026-27", "interest_of_year": "290000.00",
}  # fmt: skip
ANSWERS: dict[str, dict[str, Any]] = {
    "list_loans": {"loans": [LOAN]},
    "find_recurring_payments": {
        "payments": [{"payee": "BIKE FINANCE", "category": "loan_emi", "amount": "4200.00", "cadence": "monthly"}],
    },
    "get_net_worth": {
        "as_of": "2026-11-24", "net_worth": "100.00", "assets": "100.00", "liabilities": "-12000.00",
        "accounts": [{"account_id": "a2", "name": "Axis card", "balance": "-12000.00"}],
    },
    "calculate_loan": {
        "emi": "36500.00", "annual_rate_percent": "9.50", "principal": "3500000.00",
        "years": [{"financial_year": "2025-26", "interest": "300000.00"},
                  {"financial_year": "2026-27", "interest": "290000.00"},
                  {"financial_year": "2027-28", "interest": "280000.00"}],
    },
    "calculate_prepayment": {
        "prepaid": "300000.00", "emi_before": "34000.00", "emi_after": "34000.00", "months_saved": 12,
        "interest_saved": "400000.00", "last_due_on_before": "2044-11-05", "last_due_on_after": "2043-11-05",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("emi kitni hai", ("₹34,000.00 a month", "Bike Finance, by your statements: ₹4,200.00 monthly")),
        ("what is my emi", ("₹34,000.00 a month", "₹4,200.00")),
        ("emi kab katega", ("next on 5 Dec 2026", "₹4,200.00")),
        ("how much loan have i repaid", ("₹35,00,000.00 owed",)),
        ("home loan kitna baaki hai", ("₹35,00,000.00 owed at 8.5% a year",)),
        ("whats my loan interest rate", ("at 8.5% a year",)),
        ("do i have any debt", ("You owe ₹12,000.00", "Not in that, by their terms", "₹35,00,000.00 owed")),
        ("mera total karz kitna hai", ("You owe ₹12,000.00", "₹35,00,000.00 owed")),
        ("what if rates go up by 1%", ("At 9.5% instead of 8.5%", "₹36,500.00 instead of ₹34,000.00")),
        ("kitna byaj diya loan pe ab tak", ("₹5,90,000.00 of interest from its start to the end of FY 2026-27",)),
        ("should i prepay my loan or invest", ("I do not give investment tips",)),
        ("should i prepay my loan or put it in an fd", ("I do not give investment tips",)),
    ],
)
def test_a_loan_on_record_is_looked_up(question: str, holds: tuple[str, ...]) -> None:
    text, _ = told(question, ANSWERS)
    assert all(one in text for one in holds), text


@pytest.mark.parametrize(
    ("question", "rate"),
    [
        ("what if rates go up by 1%", "9.5"),
        ("what if rates go up to 9%", "9"),
        ("if my loan rate drops to 8%", "8"),
        ("what if my home loan rate becomes 9.25%", "9.25"),
        ("what if the interest rate on my home loan goes up to 9%", "9"),
        ("rate cut of 0.5%", "8"),
    ],
)
def test_a_rate_moves_by_or_to_what_is_said(question: str, rate: str) -> None:
    _, calls = told(question, ANSWERS)
    assert calls[-1].arguments["annual_rate_percent"] == rate


@pytest.mark.parametrize("question", ["what if fd rates fall by 1%", "what if the exchange rate goes up by 5%"])
def test_the_rate_of_something_else_moves_no_loan(question: str) -> None:
    assert told(question, ANSWERS)[1] == []


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("if i pay 5000 extra every month on my loan how much interest will i save", list(range(25, 85))),
        ("what if i increase my emi by 5000", list(range(25, 85))),
        ("prepay 50000 every year on my home loan", list(range(25, 109, 12))),
        ("prepay 2 lakh on my home loan", [25]),
    ],
)
def test_a_prepayment_comes_once_or_again(question: str, places: list[int]) -> None:
    """Sixty at most, as many as the tool takes."""
    text, calls = told(question, ANSWERS)
    prepaid: Any = calls[-1].arguments["prepayments"]
    assert [one["after_instalment"] for one in prepaid] == places
    assert ("₹3,00,000.00 prepaid in all" in text) is (len(places) > 1)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("prepay 2 lakh on a loan of 40 lakh at 9% a year for 20 years", [1]),
        ("prepay 2 lakh on a loan of 40 lakh at 9% annual interest for 20 years", [1]),
        ("prepay 2 lakh every year on a loan of 40 lakh at 9% per annum for 4 years", [1, 13]),
    ],
)
def test_a_rate_a_year_makes_no_prepayment_come_each_year(question: str, places: list[int]) -> None:
    _, calls = told(question, ANSWERS)
    prepaid: Any = calls[-1].arguments["prepayments"]
    assert [one["after_instalment"] for one in prepaid] == places


@pytest.mark.parametrize(
    ("first", "then", "amount"),
    [
        ("prepay 1 lakh on my home loan", "and if 3 lakh", "300000"),
        ("if i pay 1 lakh extra now how much will loan reduce", "what about 50k?", "50000"),
    ],
)
def test_it_is_worked_out_again_with_another_amount(first: str, then: str, amount: str) -> None:
    before: list[Message] = [{"role": "user", "content": first}]
    _, calls = told(then, ANSWERS, before)
    assert calls[-1].arguments["prepayments"] == [{"after_instalment": 25, "amount": amount}]
