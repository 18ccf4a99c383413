"""The routes that begin turns, where many people may ask at one moment."""

import inspect
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError

from api.dependencies import CurrentUser

_JSON: Final = "application/json"
_WANTED: Final = frozenset({"user", "body"})
_KNOWN: Final = frozenset({"user", "body", "request", "idempotency_key"})

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def turn_route(current_user: CurrentUser) -> type[APIRoute]:
    """A class of routes that give an endpoint its `user`, its `body` and its `idempotency_key` at once.

    FastAPI finds out anew for every request what the endpoint wants, which in a burst of questions takes as long as
    recording one. It still describes the route, and answers whatever is not a good request in the usual way; so it does
    for routes that want anything else, such as dependencies. Those of an `include_router` cannot be seen from here:
    give them to the router itself.
    """

    class TurnRoute(APIRoute):
        def get_route_handler(self) -> _Handler:
            in_general = super().get_route_handler()
            parameters = inspect.signature(self.endpoint).parameters
            if self.dependencies or not _WANTED <= parameters.keys() <= _KNOWN:
                return in_general
            begin, body_type = self.endpoint, parameters["body"].annotation
            body_of = TypeAdapter[Any](body_type)

            async def handle(request: Request) -> Response:
                headers = request.headers
                if headers.get("content-type") != _JSON:
                    return await in_general(request)
                try:
                    body = body_of.validate_json(await request.body())
                except ValidationError:
                    return await in_general(request)
                given: dict[str, Any] = {"user": await current_user(request), "body": body}
                if "request" in parameters:
                    given["request"] = request
                if "idempotency_key" in parameters:
                    given["idempotency_key"] = headers.get("idempotency-key")
                response: Response = await begin(**given)
                return response

            return handle

    return TurnRoute
