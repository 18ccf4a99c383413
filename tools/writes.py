"""Tools that change financial records."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from services.shared.domain.identity import Identity
from tools.tool import Cost, Effect, Preview, Tool, ToolArguments

A = TypeVar("A", bound=ToolArguments)


def finance_write(
    name: str,
    description: str,
    arguments: type[A],
    run: Callable[[Identity, A], Awaitable[object]],
    preview: Callable[[Identity, A], Awaitable[Preview]],
    *,
    cost: Cost = Cost.LOW,
) -> Tool[A]:
    """A write under the scope `finance:write`, which waits for the person's approval."""
    return Tool(
        name=name,
        description=description,
        scope="finance:write",
        arguments=arguments,
        run=run,
        preview=preview,
        effect=Effect.WRITE,
        cost=cost,
        cacheable=False,
    )
