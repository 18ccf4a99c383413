"""Messages that lean on the answers before: their sum, their reason, which is more, the same of another name."""

from __future__ import annotations

from typing import Any

import pytest

from agents.models.port import Message
from tests.unit.agents.models.offline.conversation import told
from tests.unit.agents.models.offline.test_holdings import ANSWERS as HOLDINGS
from tests.unit.agents.models.offline.test_questions import OCT, SEP, Call, asked, income, spending

JUL = ("2026-07-01", "2026-07-31")
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


@pytest.mark.parametrize(
    ("questions", "measure", "then", "now"),
    [
        (("how much did i save in October", "why less than july"), "net", JUL, OCT),
        (("how much did i save in October", "why so low"), "net", SEP, OCT),
        (("why did i spend more than in july",), "spending", JUL, NOV),
        (("how much did i save in October", "why is my spending higher than in july"), "spending", JUL, NOV),
    ],
)
def test_why_it_differs_is_told_of_what_was_asked(
    questions: tuple[str, ...], measure: str, then: tuple[str, str], now: tuple[str, str]
) -> None:
    """Against the months that were told; where none were, against this one."""
    found = {"compare_periods": {"measure": measure, "change": "0", "before": "1.00", "after": "1.00"}}
    _, (call,) = told(questions[-1], found, before(*questions[:-1]))
    assert call.arguments == {
        "measure": measure, "before_from": then[0], "before_to": then[1], "after_from": now[0], "after_to": now[1],
    }  # fmt: skip


def test_why_one_kind_differs_is_told_of_that_kind() -> None:
    sides = [*spending(OCT, category="dining", group_by="payee"), *spending(JUL, category="dining", group_by="payee")]
    assert asked("dining in October", "why less than july") == sides


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
