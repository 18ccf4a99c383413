"""Arithmetic over references, never over numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from agents.calculation import calculate
from services.shared.domain.errors import InvalidInputError

RESULTS: dict[str, Any] = {
    "call_1_1": {"total": "150.00", "groups": [{"amount": "100.00"}, {"amount": "50.00"}], "key": "dining"},
    "call_1_2": {"total": "120.00", "zero": "0"},
}


@pytest.mark.parametrize(
    ("operation", "values", "expected"),
    [
        ("sum", ["call_1_1:$.groups[0].amount", "call_1_1:$.groups[1].amount"], "150.00"),
        ("difference", ["call_1_1:$.total", "call_1_2:$.total"], "30.00"),
        ("difference", ["call_1_2:$.total", "call_1_1:$.total"], "-30.00"),
        ("average", ["call_1_1:$.total", "call_1_2:$.total", "call_1_2:$.total"], "130.00"),
        ("percent_of", ["call_1_2:$.total", "call_1_1:$.total"], "80.0"),
        ("percent_change", ["call_1_2:$.total", "call_1_1:$.total"], "25.0"),
    ],
)
def test_operations(operation: str, values: list[str], expected: str) -> None:
    assert calculate({"operation": operation, "values": values}, RESULTS)["result"] == expected


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (["150.00", "120.00"], "names no result"),
        (["call_9_9:$.total", "call_1_1:$.total"], "names no result"),
        (["call_1_1:$.nothing", "call_1_1:$.total"], "leads nowhere"),
        (["call_1_1:$.groups[7].amount", "call_1_1:$.total"], "leads nowhere"),
        (["call_1_1:$.key", "call_1_1:$.total"], "not a figure"),
        (["call_1_1:$.total"], "exactly two"),
        ([], "values"),
    ],
)
def test_wrong_references_are_explained(values: list[str], says: str) -> None:
    with pytest.raises(InvalidInputError, match=says):
        calculate({"operation": "difference", "values": values}, RESULTS)


def test_a_percentage_of_nothing_does_not_exist() -> None:
    with pytest.raises(InvalidInputError, match="zero"):
        calculate({"operation": "percent_of", "values": ["call_1_1:$.total", "call_1_2:$.zero"]}, RESULTS)


def test_results_are_exact() -> None:
    tenths = {"call_1_1": {"a": "0.1", "b": "0.2"}}
    result = calculate({"operation": "sum", "values": ["call_1_1:$.a", "call_1_1:$.b"]}, tenths)
    assert Decimal(result["result"]) == Decimal("0.3")
