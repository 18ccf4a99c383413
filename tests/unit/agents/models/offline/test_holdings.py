"""Investments and goals that are called by their name or kind: only these are told, and what is unknown is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.agents.models.offline.conversation import told


def holding(number: int, name: str, kind: str, value: str, cost: str, units: str) -> dict[str, Any]:
    gain = f"{int(value) - int(cost)}"
    return {
        "instrument_id": f"i{number}", "name": name, "kind": kind, "asset_class": "equity", "units": units,
        "value": value, "cost": cost, "gain": gain,
    }  # fmt: skip


def performance(number: int, name: str, invested: str, gain: str, percent: str) -> dict[str, Any]:
    return {
        "instrument_id": f"i{number}", "name": name, "invested": invested, "gain": gain, "xirr_percent": "9.50",
        "absolute_return_percent": percent,
    }  # fmt: skip


ANSWERS: dict[str, dict[str, Any]] = {
    "get_holdings": {
        "as_of": "2026-11-24", "value": "290000", "cost": "240000", "gain": "50000",
        "holdings": [
            holding(1, "Quantum Small Cap Fund Direct Growth", "mutual_fund", "150000", "100000", "512.250"),
            holding(2, "Quantum Liquid Fund", "mutual_fund", "80000", "78000", "40"),
            holding(3, "Bharat Forge Ltd", "stock", "60000", "62000", "45.000"),
        ],
    },
    "get_investment_returns": {
        "as_of": "2026-11-24",
        "total": performance(0, "", "240000", "50000", "20.83"),
        "instruments": [
            performance(1, "Quantum Small Cap Fund Direct Growth", "100000", "50000", "50.00"),
            performance(2, "Quantum Liquid Fund", "78000", "2000", "2.56"),
            performance(3, "Bharat Forge Ltd", "62000", "-2000", "-3.23"),
        ],
    },
    "get_asset_allocation": {
        "as_of": "2026-11-24", "value": "290000",
        "classes": [{"asset_class": "equity", "percent": "100.00", "value": "290000"}],
    },
    "list_goals": {
        "goals": [
            {"goal_id": "g1", "name": "Trip to Hampi", "goal_type": "travel", "saved_amount": "12000",
             "target_amount": "50000", "remaining_amount": "38000", "target_date": "2027-03-31"},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "holds", "never"),
    [
        ("how is bharat forge doing", "Bharat Forge Ltd: of ₹62,000.00 invested you have lost ₹2,000.00", "Quantum"),
        ("bharat forge ka kya haal hai", "lost ₹2,000.00", "Quantum"),
        ("is bharat forge in profit", "No. Bharat Forge Ltd", "Quantum"),
        ("quantum small cap me kitna profit hua", "gained ₹50,000.00", "Forge"),
        ("how many shares of bharat forge do i have", "45 units, worth ₹60,000.00", "Quantum"),
        ("value of my quantum liquid fund", "40 units, worth ₹80,000.00", "Forge"),
        ("total invested in mutual funds", "You put ₹1,78,000.00", "Forge"),
        ("mutual fund ka return kitna hai", "Of ₹1,78,000.00 invested in them you have gained ₹52,000.00", "Forge"),
        ("which investment is losing money", "Bharat Forge Ltd has lost ₹2,000.00", "Quantum"),
        ("which fund gave the best return", "Quantum Small Cap Fund Direct Growth has gained ₹50,000.00", "Liquid"),
        ("quantum liquid me total kitna dala", "40 units, worth ₹80,000.00", "Forge"),
        ("how much have i invested in bharat forge", "the ₹62,000.00 that they cost", "Quantum"),
        ("which investments are in profit", "has gained ₹50,000.00", "Forge"),
        ("how is my sip doing", "you have gained ₹52,000.00", "Forge"),
        ("how much are my wipro shares worth", "No investment of yours is called “wipro”", "₹"),
        ("value of my etfs", "No etfs of yours is on record", "₹"),
        ("how much gold do i have", "No gold is on record", "₹"),
        ("how is hampi coming along", "Trip to Hampi: ₹12,000.00 of ₹50,000.00", "Quantum"),
        ("hampi ke liye aur kitna chahiye", "₹38,000.00 to go", "Quantum"),
        ("how is wipro doing", "Neither an investment nor a goal of yours is called “wipro”", "₹"),
    ],
)
def test_what_is_named_is_told(question: str, holds: str, never: str) -> None:
    text, _ = told(question, ANSWERS)
    assert holds in text
    assert never not in text
