"""The tools over REST: what a model may call, a developer may call through the same gateway."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel

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


def build_tools_router(gateway: ToolGateway, current_user: Callable[..., Any]) -> APIRouter:
    """`GET /tools` and `POST /tools/{name}`."""
    router = APIRouter(prefix="/tools", tags=["tools"])
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", responses=problem_responses(401), summary="List the tools")
    async def list_tools(user: caller) -> ToolsResponse:
        return ToolsResponse(tools=[_response(tool) for tool in gateway.tools(user)])

    @router.post("/{name}", responses=problem_responses(400, 401, 403, 404, 409, 413, 422, 503), summary="Run a tool")
    async def run_tool(
        user: caller,
        name: str,
        arguments: Annotated[
            dict[str, Any],
            Body(description="by the tool's schema", examples=[{"from": "2026-10-01", "to": "2026-10-31"}]),
        ],
    ) -> dict[str, Any]:
        """The tool's result: amounts are decimal strings, days ISO 8601."""
        return await gateway.run(user, name, arguments)

    return router


def _response(tool: Tool[Any]) -> ToolResponse:
    return ToolResponse(
        name=tool.name,
        description=tool.description,
        scope=tool.scope,
        effect=tool.effect.value,
        parameters=tool.parameters(),
    )
