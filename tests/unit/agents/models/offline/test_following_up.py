"""Messages that lean on the answers before: their sum, their reason, which is more, the same of another name."""

from __future__ import annotations

from typing import Any

import pytest

from agents.models.port import Message
from tests.unit.agents.models.offline.conversation import told
from tests.unit.agents.models.offline.test_holdings import ANSWERS as HOLDINGS
from tests.unit.agents.models.offline.test_questions import OCT, SEP, Call, asked, income, spending

NOV = ("2026-11-01", "2026-11-24")
ACCOUNTS: dict[str, dict[str, Any]] = {
    "list_accounts": {
        "as_of": "2026-11-24", "currency": "INR", "total": "90000.00",
        "accounts": [
            {"account_id": f"a{number}", "name": name, "institution": name, "account_type": "savings", "balance": worth}
            for number, (name, worth) in enumerate([("SBI", "50000.00"), ("HDFC", "30000.00"), ("Axis", "10000.00")])
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("questions", "calls"),
    [
        (("dining last month", "and in September", "total of both"),
         [*spending(OCT, category="dining"), *spending(SEP, category="dining")]),
        (("swiggy this month", "zomato?", "dono milakar kitna"),
         [*spending(NOV, payee="swiggy"), *spending(NOV, payee="zomato")]),
        (("dining in October compared to September", "together"),
         [*spending(OCT, category="dining"), *spending(SEP, category="dining")]),
        (("uber and ola total for oct", "which one more"), [*spending(OCT, payee="uber"), *spending(OCT, payee="ola")]),
        (("fuel in October", "salary in October", "together"), []),
        (("my salary is less this month why",),
         [*income(NOV, category="salary", group_by="payee"), *income(OCT, category="salary", group_by="payee")]),
    ],
)  # fmt: skip
def test_it_leans_on_the_figures_before(questions: tuple[str, ...], calls: list[Call]) -> None:
    """Money in and money out are not added up."""
    assert asked(*questions) == calls


def test_why_at_one_payee_is_told_by_its_payments() -> None:
    ((tool, arguments),) = asked("swiggy in September", "why so much?")
    assert tool == "search_transactions"
    assert arguments["payee"] == "swiggy"
    assert (arguments["from"], arguments["to"], arguments["sort"]) == (*SEP, "largest")


def before(*questions: str) -> list[Message]:
    return [{"role": "user", "content": one} for one in questions]


@pytest.mark.parametrize(
    ("questions", "holds"),
    [
        (("how much do i have in sbi", "and hdfc?", "together?"), "Together that is ₹80,000.00"),
        (("how much do i have in sbi", "and hdfc?", "axis?", "total of all three"), "Together that is ₹90,000.00"),
    ],
)
def test_balances_are_added_up(questions: tuple[str, ...], holds: str) -> None:
    assert holds in told(questions[-1], ACCOUNTS, before(*questions[:-1]))[0]


@pytest.mark.parametrize(
    ("questions", "holds", "never"),
    [
        (("how is bharat forge doing", "and quantum liquid?"), "Quantum Liquid Fund: of ₹78,000.00", "Forge"),
        (("how many shares of bharat forge do i have", "quantum small cap?"), "512.25 units", "Forge"),
        (("mutual fund ka return kitna hai", "and stocks?"), "Bharat Forge Ltd: of ₹62,000.00", "Quantum"),
    ],
)
def test_the_same_is_asked_of_another_name(questions: tuple[str, ...], holds: str, never: str) -> None:
    text, _ = told(questions[-1], HOLDINGS, before(*questions[:-1]))
    assert holds in text
    assert never not in text
