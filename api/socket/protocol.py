"""uvicorn's side of a WebSocket, for clients that do not read and addresses that hold what they should not."""

from __future__ import annotations

import logging
from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

_LOGGER: Final = "uvicorn.websockets"


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, with a logger of its own: what it says at INFO quotes queries, which may hold a token."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.logger = logging.getLogger(_LOGGER)

    def keepalive_timeout(self) -> None:
        """A client that answers no ping is cut at once: it would never take what waits to be sent to it."""
        super().keepalive_timeout()
        self.transport.abort()
