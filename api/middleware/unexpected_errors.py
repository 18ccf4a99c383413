"""The last net, inside all other middleware, so that even a 500 has their headers, log line and metrics."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.asgi import request_id
from api.problems import outage_problem, problem_response, unexpected_problem
from api.store_failures import is_outage
from services.shared.infrastructure.problem import Problem


class UnexpectedErrors:
    """Answers an error that nobody foresaw with a 500 problem whose correlation id is the request's, an outage by 503.

    Once a response has begun it cannot be unsaid: the error goes on, and the server breaks the connection off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever happens."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watching_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watching_send)
        except Exception as error:
            if started:
                raise
            await problem_response(_problem(error, scope))(scope, receive, send)


def _problem(error: Exception, scope: Scope) -> Problem:
    """Middleware further inside speaks with stores as well, out of reach of the app's own error map."""
    if is_outage(error):
        return outage_problem(error, scope["path"])
    return unexpected_problem(error, scope["path"], request_id(scope))
