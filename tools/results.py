"""A use case's view as the JSON that models and developers get."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from services.shared.domain.events import to_json

# Finding a class's fields out anew for each object takes as long as reading them.
_NAMES: Final[dict[type[object], tuple[str, ...] | None]] = {}


def result_json(view: object) -> dict[str, Any]:
    """The view's fields: decimals, dates and ids as strings; `from_` under its JSON name; what is None left out.

    `left_out` appears only when something was left out.
    """
    if (names := _names(type(view))) is None:
        raise TypeError(f"a tool answers with a view, not with {type(view).__name__}")
    result = _object(view, names)
    if not result.get("left_out", True):
        del result["left_out"]
    return result


def _object(view: object, names: tuple[str, ...]) -> dict[str, Any]:
    fields = (("from" if name == "from_" else name, getattr(view, name)) for name in names)
    return {name: _value(value) for name, value in fields if value is not None}


def _names(kind: type[object]) -> tuple[str, ...] | None:
    """The fields of a class of views; None for another class."""
    if kind not in _NAMES:
        fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else None
        _NAMES[kind] = None if fields is None else tuple(field.name for field in fields)
    return _NAMES[kind]


def _value(value: object) -> Any:
    if (names := _names(type(value))) is not None:
        return _object(value, names)
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    return to_json(value)
