"""The event streams of other projects' protocols, through sse-starlette."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Final

import structlog
from sse_starlette.sse import EventSourceResponse, SendTimeoutError
from starlette.types import Receive, Scope, Send

from api.event_stream import HEARTBEAT_S, STALL_S, abort

log = structlog.get_logger(__name__)

_DRAIN_S: Final = 10


class ProtocolStream(EventSourceResponse):
    """Sends chunks as they come, goes on for ten seconds when the server ends, and cuts who takes nothing for 30 s.

    `left` is called when the client has closed the connection, or was cut.
    """

    def __init__(
        self,
        chunks: AsyncIterator[bytes],
        *,
        headers: Mapping[str, str] | None = None,
        left: Callable[[Any], Awaitable[None]] | None = None,
        stall_s: float = STALL_S,
    ) -> None:
        super().__init__(
            chunks,
            headers=headers,
            ping=HEARTBEAT_S,
            send_timeout=stall_s,
            shutdown_grace_period=_DRAIN_S,
            client_close_handler_callable=left,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the chunks end, or the client leaves or stalls."""
        try:
            await super().__call__(scope, receive, send)
        except SendTimeoutError:
            log.info("stream.stalled", quiet_s=self.send_timeout)
            abort(scope)
            if self.client_close_handler_callable is not None:
                await self.client_close_handler_callable({"type": "http.disconnect"})
