"""The one way to run a tool, for models and developers alike: known tool, granted scope, valid arguments."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import orjson

from services.shared.application.effect_ledger import EffectKey, EffectLedger
from services.shared.domain.errors import NotFoundError, PermissionDeniedError, TooLargeError, UnavailableError
from services.shared.domain.identity import Identity
from tools.calls import canonical, parse_arguments, validated
from tools.results import result_json
from tools.tool import Effect, Preview, Tool, ToolArguments

MAX_RESULT_BYTES: Final = 64_000


class ToolNotFoundError(NotFoundError):
    """No tool has this name."""

    code = "tool-not-found"


class ToolTimeoutError(UnavailableError):
    """A tool took longer than its cost class allows."""

    code = "tool-timeout"


class ResultTooLargeError(TooLargeError):
    """A result is longer than a model should read."""

    code = "result-too-large"


class ApprovalNeededError(PermissionDeniedError):
    """A write was tried as if it were a read."""

    code = "approval-needed"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A write that could be done: its arguments in canonical form, and what it will do in words and figures."""

    tool: str
    arguments: dict[str, Any]
    preview: Preview


class ToolGateway:
    """Holds the tools and runs them. Without a ledger there are no writes."""

    def __init__(self, tools: Iterable[Tool[Any]], effects: EffectLedger | None = None) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._effects = effects

    def tools(self, scopes: frozenset[str]) -> list[Tool[Any]]:
        """The tools that a caller's scopes allow, by name."""
        return [self._tools[name] for name in sorted(self._tools) if self._tools[name].scope in scopes]

    def find(self, name: str) -> Tool[Any] | None:
        """The tool of this name, whoever may run it."""
        return self._tools.get(name)

    def writes(self, name: str) -> bool:
        """Whether the tool changes anything; a tool that does not exist changes nothing."""
        tool = self._tools.get(name)
        return tool is not None and tool.effect is Effect.WRITE

    def permitted(self, identity: Identity, name: str) -> Tool[Any]:
        """The tool, if the caller's scopes allow it. Raises ToolNotFoundError or PermissionDeniedError."""
        tool = self._tools.get(name)
        if tool is None:
            raise self._unknown(name)
        if tool.scope not in identity.scopes:
            raise PermissionDeniedError(f"The tool '{name}' needs the scope '{tool.scope}', which this login lacks.")
        return tool

    def canonical(self, name: str, arguments: str) -> dict[str, Any]:
        """The arguments that a model wrote, in canonical form. Raises ToolNotFoundError or InvalidInputError."""
        tool = self._tools.get(name)
        if tool is None:
            raise self._unknown(name)
        return canonical(validated(tool, parse_arguments(arguments)))

    async def run(self, identity: Identity, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Run a tool for a person who asks for it directly; the result is JSON with decimals as strings.

        Raises ToolNotFoundError, PermissionDeniedError, InvalidInputError (`extra["errors"]` names each argument), or
        the error of the use case.
        """
        tool = self.permitted(identity, name)
        return await _run(tool, identity, validated(tool, arguments))

    async def run_json(self, identity: Identity, name: str, arguments: str) -> dict[str, Any]:
        """Run a read for a model, with arguments as the JSON text that it wrote; empty text means no arguments.

        Raises what `run` raises, ApprovalNeededError for a write, and ResultTooLargeError.
        """
        if self.writes(name):
            raise ApprovalNeededError(f"'{name}' changes something, and so needs the person's approval.")
        result = await self.run(identity, name, parse_arguments(arguments))
        if (size := len(orjson.dumps(result))) > MAX_RESULT_BYTES:
            raise ResultTooLargeError(
                f"The result of '{name}' has {size:,} bytes; {MAX_RESULT_BYTES:,} may be read. Ask for a shorter "
                "period, fewer groups (`top`) or fewer items (`limit`)."
            )
        return result

    async def preview(self, identity: Identity, name: str, arguments: dict[str, Any]) -> Prepared:
        """What a call would do, without doing it. Raises what `run` raises; a read would change nothing."""
        tool = self.permitted(identity, name)
        wanted = validated(tool, arguments)
        if tool.preview is None:
            return Prepared(name, canonical(wanted), Preview("Only read: nothing is changed."))
        return Prepared(name, canonical(wanted), await tool.preview(identity, wanted))

    async def write(
        self,
        identity: Identity,
        name: str,
        arguments: dict[str, Any],
        *,
        key: str,
        grant: Callable[[], Awaitable[object]] | None = None,
    ) -> dict[str, Any]:
        """Do a write once per `key`; the same key again answers with the result of the time when it was done.

        `grant` is called in the transaction of the write, before it, and refuses by raising.
        """
        tool = self.permitted(identity, name)
        if self._effects is None:
            raise TypeError("a gateway without an effect ledger cannot write")
        wanted = validated(tool, arguments)

        async def work() -> bytes:
            if grant is not None:
                await grant()
            return orjson.dumps(await _run(tool, identity, wanted))

        outcome = await self._effects.once(_effect(identity, name, key, wanted), work, wait=True)
        result: dict[str, Any] = orjson.loads(outcome.result)
        return result

    def _unknown(self, name: str) -> ToolNotFoundError:
        return ToolNotFoundError(f"There is no tool '{name}'. There are: {', '.join(sorted(self._tools))}.")


async def _run(tool: Tool[Any], identity: Identity, wanted: ToolArguments) -> dict[str, Any]:
    try:
        async with asyncio.timeout(tool.cost.timeout_s) as limit:
            return result_json(await tool.run(identity, wanted))
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise ToolTimeoutError(f"'{tool.name}' took longer than {tool.cost.timeout_s} s. Ask for less.") from error


def _effect(identity: Identity, name: str, key: str, wanted: ToolArguments) -> EffectKey:
    asked = orjson.dumps([name, canonical(wanted)], option=orjson.OPT_SORT_KEYS)
    return EffectKey(identity.user_id, key, hashlib.sha256(asked).digest())
