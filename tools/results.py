"""A use case's view as the JSON that models and developers get."""

from __future__ import annotations

import dataclasses
from typing import Any

from services.shared.domain.events import to_json


def result_json(view: object) -> dict[str, Any]:
    """The view's fields: decimals, dates and ids as strings; `from_` under its JSON name; what is None left out.

    `left_out` appears only when something was left out.
    """
    if not dataclasses.is_dataclass(view) or isinstance(view, type):
        raise TypeError(f"a tool answers with a view, not with {type(view).__name__}")
    result = _object(view)
    if not result.get("left_out", True):
        del result["left_out"]
    return result


def _object(view: Any) -> dict[str, Any]:
    fields = ((field.name, getattr(view, field.name)) for field in dataclasses.fields(view))
    return {"from" if name == "from_" else name: _value(value) for name, value in fields if value is not None}


def _value(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _object(value)
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    return to_json(value)
