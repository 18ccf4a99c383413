"""The one way to run a tool, for models and developers alike: known tool, granted scope, valid arguments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from pydantic import ValidationError

from services.shared.domain.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from services.shared.domain.identity import Identity
from tools.results import result_json
from tools.tool import Tool, ToolArguments


class ToolNotFoundError(NotFoundError):
    """No tool has this name."""

    code = "tool-not-found"


class ToolGateway:
    """Holds the tools and runs them."""

    def __init__(self, tools: Iterable[Tool[Any]]) -> None:
        self._tools = {tool.name: tool for tool in tools}

    def tools(self, identity: Identity) -> list[Tool[Any]]:
        """The tools that the caller's scopes allow, by name."""
        return [self._tools[name] for name in sorted(self._tools) if self._tools[name].scope in identity.scopes]

    async def run(self, identity: Identity, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Run a tool; the result is JSON with decimals as strings.

        Raises ToolNotFoundError, PermissionDeniedError, InvalidInputError (`extra["errors"]` names each argument), or
        the error of the use case.
        """
        tool = self._tool(name)
        if tool.scope not in identity.scopes:
            raise PermissionDeniedError(f"The tool '{name}' needs the scope '{tool.scope}', which this login lacks.")
        return result_json(await tool.run(identity, _validated(tool, arguments)))

    async def run_json(self, identity: Identity, name: str, arguments: str) -> dict[str, Any]:
        """The same with arguments as JSON text, as models write them; empty text means no arguments."""
        return await self.run(identity, name, parse_arguments(arguments))

    def _tool(self, name: str) -> Tool[Any]:
        tool = self._tools.get(name)
        if tool is None:
            raise ToolNotFoundError(f"There is no tool '{name}'. There are: {', '.join(sorted(self._tools))}.")
        return tool


def parse_arguments(arguments: str) -> dict[str, Any]:
    """A JSON object from text; InvalidInputError when it is anything else."""
    try:
        parsed = orjson.loads(arguments) if arguments.strip() else {}
    except orjson.JSONDecodeError as error:
        raise InvalidInputError(f"The arguments are not valid JSON: {error}.") from error
    if not isinstance(parsed, dict):
        raise InvalidInputError("The arguments must be a JSON object.")
    return parsed


def _validated(tool: Tool[Any], arguments: dict[str, Any]) -> ToolArguments:
    try:
        validated: ToolArguments = tool.arguments.model_validate(arguments)
    except ValidationError as error:
        problems = [
            {"field": ".".join(str(part) for part in item["loc"]) or "arguments", "message": item["msg"]}
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        words = "; ".join(f"{problem['field']}: {problem['message']}" for problem in problems)
        raise InvalidInputError(
            f"Wrong arguments for '{tool.name}': {words}.", code="invalid-arguments", extra={"errors": problems}
        ) from error
    return validated
