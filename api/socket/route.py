"""The chat over a WebSocket: `/api/v1/chat/ws`, with the events and ids of the event stream."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from agents.runs.engine import RunEngine
from api.dependencies import TokenVerifier
from api.socket.closing import CloseSocketError, Closing
from api.socket.messages import Auth, parse_message
from api.socket.session import Login, Session, receive_text
from services.conversation.application.use_cases import ConversationUseCases
from services.shared.domain.errors import InvalidInputError, UnauthenticatedError

PROTOCOL: Final = "nivesh.chat.v1"
_BEARER: Final = "bearer."
LOGIN_S: Final = 10.0


def build_socket_router(
    engine: RunEngine, conversations: ConversationUseCases, verifier: TokenVerifier, *, login_s: float = LOGIN_S
) -> APIRouter:
    """Logged in by the first message or by the subprotocols `nivesh.chat.v1, bearer.<token>`, never by the address.

    Messages: ask, follow, cancel, decide, ping; answers: accepted, event, cancelling, decided, pong, error.
    """
    router = APIRouter()

    @router.websocket("/chat/ws")
    async def chat(socket: WebSocket) -> None:
        offered = [str(name) for name in socket.scope.get("subprotocols", ())]
        await socket.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
        try:
            login = await _login(socket, offered, verifier, login_s)
            await socket.send_json({"type": "ready", "user_id": str(login.identity.user_id)})
            await Session(socket, login, engine, conversations).serve()
        except CloseSocketError as error:
            with contextlib.suppress(RuntimeError):
                await socket.close(error.closing.code, error.closing.reason)
        except WebSocketDisconnect:
            return

    return router


async def _login(socket: WebSocket, offered: list[str], verifier: TokenVerifier, login_s: float) -> Login:
    token = next((name.removeprefix(_BEARER) for name in offered if name.startswith(_BEARER)), None)
    try:
        if token is None:
            async with asyncio.timeout(login_s):
                message = parse_message(await receive_text(socket))
            if not isinstance(message, Auth):
                raise CloseSocketError(Closing.NOT_LOGGED_IN)
            token = message.token
        return Login(token, await verifier(token), verifier)
    except TimeoutError as error:
        raise CloseSocketError(Closing.LOGIN_TOO_LATE) from error
    except (UnauthenticatedError, InvalidInputError) as error:
        raise CloseSocketError(Closing.NOT_LOGGED_IN) from error
