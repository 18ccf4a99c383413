"""One client on one WebSocket: many turns, side by side."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson
import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from agents.approvals import Word
from agents.runs.engine import RunEngine
from agents.runs.events import parse
from api.dependencies import TokenVerifier, permitted
from api.problems import problem_of, unexpected_problem
from api.socket.closing import CloseSocketError, Closing
from api.socket.messages import Ask, Auth, Cancel, ClientMessage, Decide, Follow, Ping, parse_message, ref_of
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.run import Run
from services.shared.application.tasks import end
from services.shared.domain.errors import (
    ConflictError,
    NiveshError,
    UnauthenticatedError,
)
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId, ConversationId, RunId
from services.shared.infrastructure.problem import Problem

log = structlog.get_logger(__name__)

MESSAGE_BYTES: Final = 64 * 1024
MESSAGES: Final = 30
PER_S: Final = 10.0
RUNS_AT_ONCE: Final = 8


@dataclass(slots=True)
class Login:
    """Who the client is, for as long as its token holds; a socket lives longer, so the client sends a fresh one."""

    token: str
    identity: Identity
    verifier: TokenVerifier

    async def again(self, token: str | None) -> Identity:
        """Check the token, or take another of the same person. CloseSocketError when it does not hold any more."""
        try:
            identity = await self.verifier(token or self.token)
        except UnauthenticatedError as error:
            raise CloseSocketError(Closing.NOT_LOGGED_IN) from error
        if identity.user_id != self.identity.user_id:
            raise CloseSocketError(Closing.NOT_LOGGED_IN)
        self.token, self.identity = token or self.token, identity
        return identity


class Session:
    """Reads a logged-in client's messages and sends the events of the runs that it asked for or follows."""

    def __init__(self, socket: WebSocket, login: Login, engine: RunEngine, conversations: ConversationUseCases) -> None:
        self._socket = socket
        self._login = login
        self._identity = login.identity
        self._engine = engine
        self._conversations = conversations
        self._followed: dict[RunId, asyncio.Task[None]] = {}
        self._recent: deque[float] = deque(maxlen=MESSAGES)

    async def serve(self) -> None:
        """Until the client leaves. CloseSocketError when it broke a rule."""
        try:
            while True:
                text = await receive_text(self._socket)
                self._count(text)
                await self._handle(text)
        finally:
            await end(list(self._followed.values()))

    def _count(self, text: str) -> None:
        now = time.monotonic()
        if len(self._recent) == MESSAGES and now - self._recent[0] < PER_S:
            raise CloseSocketError(Closing.TOO_MANY_MESSAGES)
        self._recent.append(now)
        if len(text) > MESSAGE_BYTES:
            raise CloseSocketError(Closing.MESSAGE_TOO_BIG)

    async def _handle(self, text: str) -> None:
        """An error is told and the socket stays open."""
        ref = ref_of(text)
        try:
            message = parse_message(text)
            if not isinstance(message, Ping):
                self._identity = await self._login.again(message.token if isinstance(message, Auth) else None)
            await self._do(message)
        except NiveshError as error:
            await self._send({"type": "error", "ref": ref, "problem": _body(problem_of(error))})
        except (CloseSocketError, WebSocketDisconnect):
            raise
        except Exception as error:
            if isinstance(error, RuntimeError) and self._socket.client_state.name == "DISCONNECTED":
                raise
            await self._send({"type": "error", "ref": ref, "problem": _body(unexpected_problem(error))})

    async def _do(self, message: ClientMessage) -> None:
        match message:
            case Ping():
                await self._send({"type": "pong", "ref": message.ref})
            case Ask():
                await self._ask(message)
            case Follow():
                permitted(self._identity, "chat:read")
                run = await self._run(message.run_id)
                await self._accepted(run, message.ref)
                self._follow(run, message.last_event_id)
            case Cancel():
                permitted(self._identity, "chat:write")
                run = await self._run(message.run_id)
                await self._engine.cancel(run)
                await self._send({"type": "cancelling", "ref": message.ref, "run_id": str(run.id)})
            case Decide():
                await self._decide(message)
            case Auth():
                await self._send({"type": "ready", "ref": message.ref, "user_id": str(self._identity.user_id)})

    async def _ask(self, message: Ask) -> None:
        permitted(self._identity, "chat:write")
        if len(self._followed) >= RUNS_AT_ONCE:
            raise ConflictError(f"At most {RUNS_AT_ONCE} runs at once on a socket. Wait for one to end.")
        accepted = await self._engine.submit(
            self._identity,
            AcceptTurnRequest(
                user_id=self._identity.user_id,
                message=message.message,
                replaces=RunId(message.replaces) if message.replaces else None,
                conversation_id=ConversationId(message.conversation_id) if message.conversation_id else None,
                idempotency_key=message.idempotency_key,
                scopes=self._identity.scopes,
            ),
        )
        await self._accepted(accepted.run, message.ref)
        self._follow(accepted.run, 0)

    async def _decide(self, message: Decide) -> None:
        permitted(self._identity, "approvals:write")
        word = Word(
            approval_id=ApprovalId(message.approval_id),
            decision=message.decision,
            digest=message.hash,
            arguments=message.arguments,
        )
        approval = await self._engine.decide(self._identity, word)
        answer = {"type": "decided", "ref": message.ref, "approval_id": str(approval.id), "state": approval.state}
        await self._send(answer)

    async def _run(self, run_id: UUID) -> Run:
        return await self._conversations.get_run(GetRunRequest(user_id=self._identity.user_id, run_id=RunId(run_id)))

    def _follow(self, run: Run, after_seq: int) -> None:
        if (before := self._followed.get(run.id)) is not None:
            before.cancel()
        task = asyncio.create_task(self._tell(run, after_seq))
        self._followed[run.id] = task
        task.add_done_callback(lambda done: self._followed.pop(run.id) if self._followed.get(run.id) is done else None)

    async def _tell(self, run: Run, after_seq: int) -> None:
        """The run's events; one that waits for its owner is followed on, as the word may come by any way."""
        try:
            async with contextlib.aclosing(self._engine.follow(run, after_seq)) as frames:
                async for part in frames:
                    for event in parse(part):
                        data = {"type": "event", "run_id": str(run.id), "event": event.type, "id": event.seq}
                        await self._send(data | {"data": event.data})
        except NiveshError as error:
            await self._send({"type": "error", "run_id": str(run.id), "problem": _body(problem_of(error))})
        except (WebSocketDisconnect, RuntimeError):
            log.debug("socket.left", run_id=str(run.id))

    async def _accepted(self, run: Run, ref: str | None) -> None:
        ids = {"run_id": str(run.id), "conversation_id": str(run.conversation_id)}
        await self._send({"type": "accepted", "ref": ref, **ids, "ended": run.is_finished})

    async def _send(self, message: dict[str, Any]) -> None:
        await self._socket.send_text(orjson.dumps(message).decode())


async def receive_text(socket: WebSocket) -> str:
    """The client's next message. CloseSocketError for a binary one."""
    try:
        return await socket.receive_text()
    except KeyError as error:
        raise CloseSocketError(Closing.NOT_TEXT) from error


def _body(problem: Problem) -> dict[str, Any]:
    return problem.model_dump(mode="json", exclude_none=True)
