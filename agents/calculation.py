"""The tool `calculate`: declared arithmetic over figures that the tools of the same turn gave.

It takes references to results and never numbers, so that a model cannot bring in a figure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agents.models.port import ToolSpec
from services.shared.domain.errors import InvalidInputError

NAME: Final = "calculate"
_PATH_PART = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


class Operation(StrEnum):
    """What can be computed. `difference` is first less second; `percent_of` is first as a share of second."""

    SUM = "sum"
    DIFFERENCE = "difference"
    AVERAGE = "average"
    PERCENT_OF = "percent_of"
    PERCENT_CHANGE = "percent_change"


class CalculationArguments(BaseModel):
    """Arguments of `calculate`."""

    model_config = ConfigDict(extra="forbid")

    operation: Operation = Field(
        description="percent_change is from the first value to the second; percent_of is first / second x 100."
    )
    values: list[str] = Field(
        min_length=1,
        max_length=50,
        description="References to figures of earlier results: '<call_id>:<path>', e.g. 'call_1_1:$.groups[0].amount'.",
    )


@cache
def spec() -> ToolSpec:
    """The tool as a model sees it."""
    schema = CalculationArguments.model_json_schema()
    schema.pop("title", None)
    return ToolSpec(
        NAME,
        "Compute with figures that tools have already given in this turn: sum, difference, average, percent_of, "
        "percent_change. Result: {operation, result}. Percentages have one decimal.",
        schema,
    )


def calculate(arguments: dict[str, Any], results: dict[str, Any]) -> dict[str, Any]:
    """Compute from `results`, the turn's tool results by call id. InvalidInputError names a wrong reference."""
    try:
        wanted = CalculationArguments.model_validate(arguments)
    except ValidationError as error:
        words = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise InvalidInputError(f"Wrong arguments for '{NAME}': {words}.") from error
    values = [_resolve(reference, results) for reference in wanted.values]
    result = _compute(wanted.operation, values)
    return {"operation": wanted.operation.value, "result": f"{result:f}", "of": wanted.values}


def _compute(operation: Operation, values: Sequence[Decimal]) -> Decimal:
    if operation is Operation.SUM:
        return sum(values, Decimal(0))
    if operation is Operation.AVERAGE:
        return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    if len(values) != 2:
        raise InvalidInputError(f"'{operation.value}' takes exactly two values.")
    first, second = values
    if operation is Operation.DIFFERENCE:
        return first - second
    base, part = (second, first) if operation is Operation.PERCENT_OF else (first, second - first)
    if base == 0:
        raise InvalidInputError("A percentage of zero does not exist.")
    return (part / abs(base) * 100).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def _resolve(reference: str, results: dict[str, Any]) -> Decimal:
    call_id, _, path = reference.partition(":")
    if call_id not in results:
        raise InvalidInputError(
            f"'{reference}' names no result of this turn. There are: {', '.join(results) or 'none'}."
        )
    value = results[call_id]
    for name, index in _PATH_PART.findall(path.removeprefix("$")):
        try:
            value = value[name] if name else value[int(index)]
        except (KeyError, IndexError, TypeError) as error:
            raise InvalidInputError(f"'{path}' leads nowhere in the result of {call_id}.") from error
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise InvalidInputError(f"'{reference}' is not a figure.") from error
