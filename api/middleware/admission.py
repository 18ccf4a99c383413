"""Letting in questions a few at a time, before anything is done for them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.asgi import again, read_body
from api.problems import problem_of, problem_response
from services.shared.domain.errors import NiveshError

Admit = Callable[[], AbstractAsyncContextManager[None]]
"""What a question waits for; in it, its turn begins."""

TURN_PATHS: Final = frozenset(
    {"/api/v1/chat", "/api/v1/chat/ai-sdk", "/api/v1/chat/ag-ui", "/openai/v1/chat/completions"},
)
"""Where a POST begins a turn."""


class Admission:
    """Has a request that begins a turn wait where waiting is cheap: read, but neither routed nor checked.

    When many ask at one moment, nobody would hear a word before all of them had been let through to the agent. It is
    read before it waits for its turn, so that who sends slowly holds up nobody.
    """

    def __init__(self, app: ASGIApp, *, admit: Admit) -> None:
        self._app = app
        self._admit = admit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 503 when waiting takes too long."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in TURN_PATHS:
            await self._app(scope, receive, send)
            return
        read = await read_body(receive)
        async with AsyncExitStack() as admitted:
            try:
                await admitted.enter_async_context(self._admit())
            except NiveshError as error:
                await problem_response(problem_of(error, scope["path"]))(scope, receive, send)
                return
            await self._app(scope, again(read, receive), send)
