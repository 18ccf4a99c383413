"""The OpenAPI documentation of problems: application/problem+json, one schema, in place of FastAPI's own 422."""

import asyncio
from typing import Any, Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.shared.infrastructure.problem import Problem

_REFERENCE: Final = "#/components/schemas/Problem"
_OWN_SCHEMAS: Final = ("HTTPValidationError", "ValidationError")
_REPLACED: Final = (_REFERENCE, "#/components/schemas/HTTPValidationError")


def document_problems(app: FastAPI) -> None:
    """Have the app's OpenAPI document give every error response the media type it is sent with."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(generate())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    _make_it_in_a_thread(app)


def _make_it_in_a_thread(app: FastAPI) -> None:
    """The document is a second of work, while which the event loop would serve nobody; it is kept then."""
    place, route = next(
        (place, route)
        for place, route in enumerate(app.router.routes)
        if isinstance(route, Route) and route.path == app.openapi_url
    )

    async def document(request: Request) -> Response:
        await asyncio.to_thread(app.openapi)
        response: Response = await route.endpoint(request)
        return response

    app.router.routes[place] = Route(route.path, document, include_in_schema=False)


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _OWN_SCHEMAS:
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema()
    for path in document.get("paths", {}).values():
        for operation in path.values():
            if operation.get("security"):
                operation["responses"].setdefault("403", {"description": "The credential lacks the scope."})
            for status, response in operation.get("responses", {}).items():
                if str(status).startswith(("4", "5")) and _is_problem(response):
                    response["content"] = {"application/problem+json": {"schema": {"$ref": _REFERENCE}}}
    return document


def _is_problem(response: dict[str, Any]) -> bool:
    """Whether a documented error has no body of its own kind, such as a health check's."""
    schemas = [media.get("schema", {}) for media in response.get("content", {}).values()]
    return all(schema.get("$ref") in _REPLACED for schema in schemas)
