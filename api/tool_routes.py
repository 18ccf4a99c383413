"""The tools over REST: what a model may call, a developer may call through the same gateway."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Query
from pydantic import BaseModel

from api.protocols.program_calls import ProgramCalls
from api.protocols.turns import APPROVING
from services.shared.domain.idempotency import parse_idempotency_key
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses
from tools.gateway import ToolGateway
from tools.tool import Tool


class ToolResponse(BaseModel):
    """A tool: what it does, what it needs, and the JSON Schema of its arguments."""

    name: str
    description: str
    scope: str
    effect: str
    parameters: dict[str, Any]


class ToolsResponse(BaseModel):
    """The tools that the caller's scopes allow."""

    tools: list[ToolResponse]


def build_tools_router(gateway: ToolGateway, calls: ProgramCalls, current_user: Callable[..., Any]) -> APIRouter:
    """`GET /tools` and `POST /tools/{name}`."""
    router = APIRouter(prefix="/tools", tags=["tools"])
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", responses=problem_responses(401), summary="List the tools")
    async def list_tools(user: caller) -> ToolsResponse:
        return ToolsResponse(tools=[_response(tool) for tool in gateway.tools(user.scopes)])

    @router.post("/{name}", responses=problem_responses(400, 401, 403, 404, 409, 413, 422, 503), summary="Run a tool")
    async def run_tool(
        user: caller,
        name: str,
        arguments: Annotated[
            dict[str, Any],
            Body(description="by the tool's schema", examples=[{"from": "2026-10-01", "to": "2026-10-31"}]),
        ],
        dry_run: Annotated[
            bool, Query(description="Only check the arguments and say what the call would change.")
        ] = False,
        idempotency_key: Annotated[str | None, Header(description="A repeated write is done once.")] = None,
    ) -> dict[str, Any]:
        """The tool's result: amounts are decimal strings, days ISO 8601.

        A write is done at once for a person who is logged in. With an API key it waits for its person's approval:
        `status` is `approval_required`, and the same call with the `approval_id` tells what came of it.
        """
        key = parse_idempotency_key(idempotency_key) if idempotency_key is not None else None
        if dry_run:
            return await calls.preview(user, name, arguments)
        if gateway.writes(name) and APPROVING in user.scopes:
            return await calls.write(user, name, arguments, key)
        return await calls.call(user, name, arguments, key)

    return router


def _response(tool: Tool[Any]) -> ToolResponse:
    return ToolResponse(
        name=tool.name,
        description=tool.description,
        scope=tool.scope,
        effect=tool.effect.value,
        parameters=tool.parameters(),
    )
