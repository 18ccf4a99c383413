"""What the look-ups answer in tests of the planner: a person with accounts, goals, a loan and memories."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID


def identifier(number: int) -> str:
    """The id of a record."""
    return str(UUID(int=number))


def _account(number: int, name: str, institution: str, kind: str) -> dict[str, str]:
    return {"account_id": identifier(number), "name": name, "institution": institution, "account_type": kind}


def _goal(number: int, name: str, kind: str, on: str, monthly: str) -> dict[str, str]:
    return {
        "goal_id": identifier(number),
        "name": name,
        "goal_type": kind,
        "target_date": on,
        "monthly_contribution": monthly,
    }


def _entry(number: int, on: str) -> dict[str, str]:
    return {"transaction_id": identifier(number), "date": on, "payee": "Chai Point", "amount": "-180.00"}


RECORDS: Final[dict[str, dict[str, Any]]] = {
    "list_goals": {
        "as_of": "2026-11-24",
        "goals": [
            _goal(1, "Trip to Ladakh", "travel", "2027-11-30", "3000"),
            _goal(2, "Car", "car", "2028-03-31", "0"),
        ],
    },
    "search_transactions": {
        "count": 1,
        "currency": "INR",
        "transactions": [
            {"transaction_id": identifier(10), "date": "2026-11-20", "payee": "SWIGGY", "amount": "-250.00"},
        ],
    },
    "get_transaction_history": {
        "transaction_id": identifier(10),
        "versions": [{"version": 1, "change": "edited", "actor": "person", "changed_at": "2026-11-21T10:00:00Z"}],
    },
    "list_loans": {
        "as_of": "2026-11-24",
        "loans": [
            {
                "account_id": identifier(23),
                "account": "Home loan",
                "purpose": "home",
                "months": 240,
                "instalments_left": 216,
            },
        ],
    },
    "list_accounts": {
        "accounts": [
            _account(20, "HDFC savings", "HDFC Bank", "savings"),
            _account(21, "Wallet", "", "cash"),
            _account(22, "Zerodha", "Zerodha", "stocks"),
            _account(23, "Home loan", "SBI", "loan"),
            _account(24, "Kuvera", "Kuvera", "mutual_fund"),
        ]
    },
    "list_category_rules": {
        "rules": [
            {
                "rule_id": identifier(40),
                "field": "payee",
                "match": "contains",
                "pattern": "Zomato",
                "category": "dining",
            },
        ]
    },
    "list_fi_doubles": {
        "undecided": 1,
        "doubles": [
            {
                "reported": _account(25, "HDFC Bank savings 1111", "HDFC Bank", "savings")
                | {"balance": "59607.00", "currency": "INR"},
                "own": _account(20, "HDFC savings", "HDFC Bank", "savings")
                | {"balance": "59749.50", "currency": "INR"},
            },
        ],
    },
    "find_doubles": {
        "count": 1,
        "doubles": [{"days_apart": 1, "entered": _entry(41, "2026-11-18"), "booked": _entry(42, "2026-11-19")}],
    },
    "list_memories": {
        "memories": [
            {"memory_id": identifier(30), "text": "I rent a flat in Pune, the rent is 20000"},
            {"memory_id": identifier(31), "text": "My daughter goes to school"},
        ]
    },
    "get_budgets": {"currency": "INR", "budgets": [{"category": "groceries", "limit": "8000"}]},
    "get_spending": {"currency": "INR", "total": "360000.00", "average_per_month": "60000.00", "months": 6},
    "get_cash_flow": {"currency": "INR", "net": "240000.00"},
    "get_net_worth": {"currency": "INR", "assets": "2500000.00", "net_worth": "2000000.00"},
}
