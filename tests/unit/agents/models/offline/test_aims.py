"""Plans without a goal on record, and what if the SIPs were raised: said to need a goal, not answered beside it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.agents.models.offline.conversation import told
from tests.unit.agents.models.offline.test_everyday import step
from tests.unit.agents.models.offline.test_questions import OCT, asked, flow

OUTCOME = {"required_monthly": "900.00", "probability_percent": "60.00", "target_date": "2027-11-30"}
ANSWERS: dict[str, dict[str, Any]] = {
    "find_sips": {
        "monthly_total": "2000.00",
        "sips": [{"name": "Quantum Fund", "amount": "2000.00", "cadence": "monthly", "active": True,
                  "next_due_on": "2026-12-05"}],
    },
    "list_goals": {"goals": [{"goal_id": "g1", "name": "Trip to Hampi", "goal_type": "travel",
                              "monthly_contribution": "1000.00", "target_date": "2027-11-30"}]},
    "what_if_goal": {
        "before": {**OUTCOME, "projected_on_date": "12000.00", "shortfall_on_date": "9000.00"},
        "after": {**OUTCOME, "projected_on_date": "36000.00", "shortfall_on_date": "0.00"},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "60 lakh house in 5 years how to plan",
        "education fund 25 lakhs 12 years 10%",
        "if i save 15k per month when will i reach 10 lakh",
        "how do i save 5 lakh in 2 years",
        "want to buy a bike of 1.5 lakh next year how much to save monthly",
        "10 lakh jama karne me kitna time lagega",
        "how much can i save for a goa trip of 60000 by june",
    ],
)
def test_an_aim_needs_a_goal(question: str) -> None:
    tools, text = step(question)
    assert tools == []
    assert "for goals only" in text


@pytest.mark.parametrize("question", ["what if i increase my sip by 2000", "agar sip 2000 badha du to"])
def test_more_into_the_sips_is_told_of_the_goal(question: str) -> None:
    """What a SIP grows to is on no record; the goal that is planned for can be asked."""
    text, calls = told(question, ANSWERS)
    assert "Your SIPs come to ₹2,000.00 a month" in text
    assert "₹36,000.00 instead of ₹12,000.00 is projected" in text
    assert calls[-1].arguments == {"goal": "g1", "monthly_contribution": "3000"}


@pytest.mark.parametrize("question", ["tax kitna lagega mera", "mujhe kitna tax dena padega"])
def test_the_tax_to_come_is_worked_out(question: str) -> None:
    assert "gross salary" in step(question)[1]


def test_what_is_told_is_not_asked() -> None:
    assert asked("i earn 80k a month, how much should i save") == flow(OCT)
