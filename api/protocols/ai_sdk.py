"""The Vercel AI SDK's chat, as `useChat` with a `DefaultChatTransport` speaks it."""

import contextlib
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.dependencies import CurrentUser
from api.protocols.ai_sdk_stream import DONE, HEADERS, UiMessageStream, frames
from api.protocols.keys import key_of
from api.protocols.protocol_stream import ProtocolStream
from api.protocols.turns import Answer, Asked, Turns
from api.turn_route import turn_route
from services.conversation.domain.run import Run
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId
from services.shared.infrastructure.problem import problem_responses

_REGENERATE: Final = "regenerate-message"
_STREAM: dict[str, Any] = {
    "description": "A UI message stream",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


class UiApproval(BaseModel):
    """A person's word on a tool call."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    approved: bool | None = None


class UiPart(BaseModel):
    """A part of a message; only texts and answered approvals are read."""

    model_config = ConfigDict(extra="ignore")

    type: str = Field(max_length=200)
    text: str | None = None
    state: str | None = None
    approval: UiApproval | None = None


class UiMessage(BaseModel):
    """A message of the client's. Only the last one is read: what was said before is on record here."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(max_length=200)
    role: str = Field(max_length=20)
    parts: list[UiPart] = Field(default_factory=list, max_length=1000)


class UiChatRequest(BaseModel):
    """What `useChat` sends. `id` is the client's name for the chat, or the id of a conversation."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "id": "my-chat",
                    "trigger": "submit-message",
                    "messages": [
                        {"id": "m1", "role": "user", "parts": [{"type": "text", "text": "What is my net worth?"}]}
                    ],
                }
            ]
        },
    )

    id: str = Field(min_length=1, max_length=200)
    messages: list[Any] = Field(min_length=1, max_length=2000)
    trigger: str = Field(default="submit-message", max_length=40)
    message_id: str | None = Field(default=None, alias="messageId", max_length=200)


def build_ai_sdk_router(turns: Turns, current_user: CurrentUser) -> APIRouter:
    """`POST /chat/ai-sdk`, and `GET /chat/ai-sdk/{chat_id}/stream` to resume."""
    router = APIRouter(prefix="/chat/ai-sdk", tags=["protocols"], route_class=turn_route(current_user))
    caller = Annotated[Identity, Depends(current_user)]

    @router.post(
        "",
        response_class=Response,
        responses={200: _STREAM, **problem_responses(400, 401, 403, 404, 409, 413, 422, 503)},
        summary="Chat with the Vercel AI SDK",
    )
    async def chat(
        user: caller, body: UiChatRequest, idempotency_key: Annotated[str | None, Header()] = None
    ) -> Response:
        """The answer to the last message, which is a question, or the person's word on what a tool wants to do.

        `regenerate-message` answers a question anew, and a `messageId` of a question replaces that one: both make
        another version of the turn. Message ids are the client's own, or those of runs.
        """
        last = _last_message(body)
        answers = _answers(last)
        if answers:
            run = await turns.decide(user, answers)
            return _stream(turns, user, run, answers[-1].approval_id)
        return _stream(turns, user, await turns.begin(user, await _asked(turns, user, body, last, idempotency_key)))

    @router.get(
        "/{chat_id}/stream",
        response_class=Response,
        responses={200: _STREAM, 204: {"description": "Nothing is going on"}, **problem_responses(401, 422, 503)},
        summary="Resume a chat of the Vercel AI SDK",
    )
    async def resume(user: caller, chat_id: Annotated[str, Path(max_length=200)]) -> Response:
        """The answer that is being given in the chat, from its beginning."""
        run = await turns.active(user, chat_id)
        return Response(status_code=204) if run is None else _stream(turns, user, run)

    _add_cancel(router, turns, caller)
    return router


def _add_cancel(router: APIRouter, turns: Turns, caller: Any) -> None:
    @router.post(
        "/{chat_id}/cancel",
        status_code=204,
        responses=problem_responses(401, 403, 422, 503),
        summary="Cancel in a chat of the Vercel AI SDK",
    )
    async def cancel(user: caller, chat_id: Annotated[str, Path(max_length=200)]) -> None:
        """Stop the answer that is being given in the chat; what was said stays.

        `stop()` of `useChat` alone only leaves the stream, which can be resumed: call this beside it.
        """
        await turns.cancel_active(user, chat_id)


def _stream(turns: Turns, caller: Identity, run: Run, answered: ApprovalId | None = None) -> Response:
    headers = {**HEADERS, "X-Run-ID": str(run.id), "X-Conversation-ID": str(run.conversation_id)}
    chunks = _chunks(turns, caller, run, answered)
    return ProtocolStream(chunks, headers=headers)


async def _chunks(turns: Turns, caller: Identity, run: Run, answered: ApprovalId | None) -> AsyncIterator[bytes]:
    stream = UiMessageStream()
    if answered is not None:
        yield frames(stream.resume(str(run.id)))
    async for events in turns.events(caller, run, answered):
        if chunks := stream.encode(events):
            yield chunks
    yield DONE


async def _asked(turns: Turns, caller: Identity, body: UiChatRequest, last: UiMessage, key: str | None) -> Asked:
    """What the client asks, as its `trigger` and `messageId` have it; its message's id is its idempotency key."""
    question, first_key = _question(last), _key_of_question(body.id, last.id)
    if body.trigger == _REGENERATE:
        replaced = await turns.find(caller, body.id, body.message_id, first_key)
        return Asked(
            chat=body.id,
            message=None,
            key=key or key_of("ai-sdk", body.trigger, body.id, str(replaced.id)),
            replaces=replaced.id,
        )
    if body.message_id is not None and body.message_id == last.id:
        with contextlib.suppress(NotFoundError):
            edited = await turns.find(caller, body.id, last.id, first_key)
            key = key or key_of("ai-sdk", "edit", body.id, last.id, question)
            return Asked(chat=body.id, message=question, key=key, replaces=edited.id)
    return Asked(chat=body.id, message=question, key=key or first_key)


def _key_of_question(chat: str, message: str) -> str:
    return key_of("ai-sdk", "submit-message", chat, message, "")


def _last_message(body: UiChatRequest) -> UiMessage:
    try:
        return UiMessage.model_validate(body.messages[-1])
    except ValidationError as error:
        raise InvalidInputError(
            "The last of `messages` is no UI message: it needs an id, a role and parts with their types."
        ) from error


def _question(message: UiMessage) -> str:
    if message.role != "user":
        raise InvalidInputError("The last of `messages` must be the person's question, or answer an approval.")
    return "\n".join(part.text for part in message.parts if part.type == "text" and part.text)


def _answers(message: UiMessage) -> list[Answer]:
    return [
        Answer(ApprovalId(part.approval.id), part.approval.approved)
        for part in message.parts
        if message.role == "assistant"
        and part.state == "approval-responded"
        and part.approval is not None
        and part.approval.approved is not None
    ]
