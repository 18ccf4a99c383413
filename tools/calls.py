"""The arguments of a call: read from a model's text, validated, and in one canonical form."""

from __future__ import annotations

import json
from typing import Any, Final

import orjson
from pydantic import ValidationError

from services.shared.domain.errors import InvalidInputError
from tools.tool import Tool, ToolArguments

MAX_ARGUMENTS_CHARS: Final = 64_000
"""Of one call, as JSON. No tool takes as much; a longer text would keep everybody waiting while it is read."""


class ArgumentsTooLongError(InvalidInputError):
    """A call's arguments are longer than any tool needs."""

    code = "arguments-too-long"


def parse_arguments(arguments: str) -> dict[str, Any]:
    """A JSON object from text. Raises InvalidInputError for anything else, ArgumentsTooLongError for too much."""
    _refuse_long(arguments)
    try:
        parsed = orjson.loads(arguments) if arguments.strip() else {}
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise InvalidInputError(f"The arguments are not valid JSON: {error}.") from error
    if not isinstance(parsed, dict):
        raise InvalidInputError("The arguments must be a JSON object.")
    return parsed


def validated(tool: Tool[Any], arguments: dict[str, Any]) -> ToolArguments:
    """The typed arguments. InvalidInputError names each wrong one, for a model to correct itself by.

    Raises ArgumentsTooLongError before anything is looked at.
    """
    if arguments:
        _refuse_long(json.dumps(arguments, ensure_ascii=False, default=str))
    try:
        wanted: ToolArguments = tool.arguments.model_validate(arguments)
    except ValidationError as error:
        problems = [
            {"field": ".".join(str(part) for part in item["loc"]) or "arguments", "message": item["msg"]}
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        words = "; ".join(f"{problem['field']}: {problem['message']}" for problem in problems)
        raise InvalidInputError(
            f"Wrong arguments for '{tool.name}': {words}.", code="invalid-arguments", extra={"errors": problems}
        ) from error
    return wanted


def _refuse_long(text: str) -> None:
    if len(text) > MAX_ARGUMENTS_CHARS:
        raise ArgumentsTooLongError(
            f"The arguments of a call may have at most {MAX_ARGUMENTS_CHARS:,} characters. Send less."
        )


def canonical(wanted: ToolArguments) -> dict[str, Any]:
    """The arguments as plain JSON under the names that callers use; what is not given is left out if it may be."""
    short = wanted.model_dump(mode="json", by_alias=True, exclude_none=True)
    return short if type(wanted).model_validate(short) == wanted else wanted.model_dump(mode="json", by_alias=True)
