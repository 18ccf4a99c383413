"""Chat over HTTP: a question in, its run's events out."""

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from agents.runs.engine import RunEngine
from agents.runs.events import FINAL_EVENTS, MAX_SEQ, EventType, RunEvent, parse
from api.approvals import ApprovalResponse
from api.dependencies import CurrentUser
from api.event_stream import EventStream
from api.middleware.asgi import wants_events
from api.problems import problem_response
from api.turn_route import turn_route
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.run import Run
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ConversationId, RunId
from services.shared.infrastructure.problem import Problem, problem_responses

_EVENT_STREAM = "text/event-stream"
_EVENTS: dict[str, Any] = {
    "description": "The turn, or its events",
    "content": {_EVENT_STREAM: {"schema": {"type": "string"}}},
}


class ChatRequest(BaseModel):
    """A question, in a conversation or in a new one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"message": "What did I spend on eating out last month?"},
                {"message": "And the month before?", "replaces": "0198c0de-0000-7000-8000-000000000001"},
            ]
        },
    )

    conversation_id: UUID | None = Field(default=None, description="leave it out to begin a conversation")
    message: str | None = Field(default=None, description="1 to 8,000 characters; may be left out with `replaces` only")
    replaces: UUID | None = Field(
        default=None,
        description="a run of yours that this is another version of: with a message its question edited, without one "
        "its answer given anew. The conversation goes on from here; what was said before stays as another branch",
    )
    model: str | None = Field(
        default=None, max_length=100, description="one of those on offer here; leave it out for the usual one"
    )
    prompt_version: str | None = Field(default=None, max_length=20, description="leave it out for the newest")


class CitationResponse(BaseModel):
    """Where a figure of the answer came from: the tool call and the JSON path in its result."""

    figure: str = Field(examples=["₹11,149.00"])
    call_id: str = Field(examples=["call_1_1"])
    path: str = Field(examples=["$.total"])


class ToolCallResponse(BaseModel):
    """A tool that was called for the answer, with what it answered."""

    call_id: str
    name: str
    arguments: Any
    result: Any = None


class ChatResponse(BaseModel):
    """A whole turn, or one that waits for the caller's approval of a write (status 202)."""

    run_id: UUID
    conversation_id: UUID
    state: Literal["completed", "waiting"] = "completed"
    message_id: UUID | None = Field(default=None, description="none while the turn waits")
    model: str = Field(description="the model that answered, or while the turn waits the one that is asked")
    answer: str
    approvals: list[ApprovalResponse] = Field(
        default=[], description="what waits: decide with POST /approvals/{id}, then follow GET /runs/{run_id}/events"
    )
    citations: list[CitationResponse]
    tool_calls: list[ToolCallResponse]


_WAITING: dict[str, Any] = {"model": ChatResponse, "description": "The turn waits for your approval of a write"}


def build_chat_router(engine: RunEngine, conversations: ConversationUseCases, current_user: CurrentUser) -> APIRouter:
    """`POST /chat`, and `GET /runs/{id}/events` to come back to a run."""
    router = APIRouter(tags=["chat"], route_class=turn_route(current_user))
    caller = Annotated[Identity, Depends(current_user)]
    _add_chat(router, engine, conversations, caller)
    _add_follow(router, engine, conversations, caller)
    return router


def _add_chat(router: APIRouter, engine: RunEngine, conversations: ConversationUseCases, caller: Any) -> None:
    @router.post(
        "/chat",
        response_model=ChatResponse,
        responses={200: _EVENTS, 202: _WAITING, **problem_responses(400, 401, 404, 409, 413, 422, 503, 504)},
        summary="Ask a question",
    )
    async def chat(
        user: caller,
        body: ChatRequest,
        request: Request,
        idempotency_key: Annotated[
            str | None, Header(description="A repeat with the same key gives the same run.")
        ] = None,
    ) -> Response:
        """The whole turn as JSON, or its events as they happen when `text/event-stream` is accepted no less than JSON.

        A turn that wishes to change something stops with `approval.required` and a `step` named `waiting`. The stream
        stays open; it may be left, and followed again from any device once the approval is decided.
        """
        accepted = await engine.submit(
            user,
            AcceptTurnRequest(
                user_id=user.user_id,
                message=body.message,
                replaces=RunId(body.replaces) if body.replaces else None,
                conversation_id=ConversationId(body.conversation_id) if body.conversation_id else None,
                idempotency_key=idempotency_key,
                scopes=user.scopes,
                model=body.model,
                prompt_version=body.prompt_version,
            ),
        )
        frames = engine.follow(accepted.run)
        if wants_events(request.scope):
            return _stream(frames, accepted.run)
        return await _whole_turn(frames, accepted.run, engine.waits_at)


def _add_follow(router: APIRouter, engine: RunEngine, conversations: ConversationUseCases, caller: Any) -> None:
    @router.get(
        "/runs/{run_id}/events",
        responses={200: _EVENTS, **problem_responses(401, 404, 422)},
        response_class=Response,
        summary="Follow a run",
    )
    async def follow(
        user: caller,
        run_id: UUID,
        last_event_id: Annotated[
            int, Header(ge=0, le=MAX_SEQ, description="The id of the last event that was received.")
        ] = 0,
    ) -> Response:
        """The run's events from the beginning, or after `Last-Event-ID`, up to its end; any number of times."""
        run = await conversations.get_run(GetRunRequest(user_id=user.user_id, run_id=RunId(run_id)))
        return _stream(engine.follow(run, last_event_id), run)


def _stream(frames: AsyncGenerator[bytes, None], run: Run) -> Response:
    return EventStream(frames, {"X-Run-ID": str(run.id), "X-Conversation-ID": str(run.conversation_id)})


async def _whole_turn(
    frames: AsyncGenerator[bytes, None], run: Run, waits_at: Callable[[Run, RunEvent], Awaitable[bool]]
) -> Response:
    events: list[RunEvent] = []
    async with contextlib.aclosing(frames):
        async for part in frames:
            events += parse(part)
            if await waits_at(run, events[-1]):
                break
    if not events or not (events[-1].is_waiting or events[-1].type in FINAL_EVENTS):
        # Erased with its owner meanwhile.
        raise RunNotFoundError
    last = events[-1]
    if last.is_waiting:
        return JSONResponse(_turn(events, run, None).model_dump(mode="json"), status_code=202)
    if last.type is EventType.RUN_CANCELLED:
        return problem_response(Problem.of(409, "run-cancelled", "The question was cancelled. Ask again if you like."))
    if last.type is not EventType.RUN_COMPLETED:
        return problem_response(Problem.model_validate(last.data["problem"]))
    return JSONResponse(_turn(events, run, last.data["message_id"]).model_dump(mode="json"))


def _turn(events: list[RunEvent], run: Run, message_id: str | None) -> ChatResponse:
    waiting = events[-1].data["approvals"] if events[-1].is_waiting else ()
    results = {event.data["call_id"]: event.data["result"] for event in _of(events, EventType.TOOL_RESULT)}
    return ChatResponse(
        run_id=run.id,
        conversation_id=run.conversation_id,
        state="completed" if message_id else "waiting",
        message_id=UUID(message_id) if message_id else None,
        model=_model(events),
        answer="".join(event.data["delta"] for event in _of(events, EventType.TEXT_DELTA)),
        approvals=[
            ApprovalResponse.model_validate(event.data)
            for event in _of(events, EventType.APPROVAL_REQUIRED)
            if event.data["approval_id"] in waiting
        ],
        citations=[CitationResponse(**event.data) for event in _of(events, EventType.CITATION)],
        tool_calls=[
            ToolCallResponse(**event.data, result=results.get(event.data["call_id"]))
            for event in _of(events, EventType.TOOL_CALL)
        ],
    )


def _model(events: list[RunEvent]) -> str:
    """The model that answered: another than the one that was asked when that one failed."""
    told = [event.data["model"] for event in events if event.type in {EventType.RUN_STARTED, EventType.USAGE}]
    return next((name for name in reversed(told) if name), "")


def _of(events: list[RunEvent], wanted: EventType) -> list[RunEvent]:
    return [event for event in events if event.type is wanted]
