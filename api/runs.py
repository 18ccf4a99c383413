"""Runs over HTTP: which there were, how each came about, and stopping one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from agents.runs.engine import RunEngine
from agents.runs.events import EventType, RunEvent
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.list_runs import ListRunsRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.run import Run, RunState
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ConversationId, RunId
from services.shared.infrastructure.problem import problem_responses


class RunResponse(BaseModel):
    """A question on its way to an answer."""

    id: UUID
    conversation_id: UUID
    state: RunState
    question: str
    answer: str | None = Field(description="Set once it has ended; of a cancelled run what had been said.")
    message_id: UUID | None
    model: str | None
    prompt_version: str | None = Field(examples=["answer/3"])
    prompt_tokens: int
    completion_tokens: int
    started_at: datetime
    finished_at: datetime | None
    duration_ms: int | None
    problem: dict[str, Any] | None = Field(description="Why it failed.")

    @classmethod
    def of(cls, run: Run, **more: Any) -> Self:
        """The response for a run."""
        version = f"{run.prompt_id}/{run.prompt_version}" if run.prompt_id else None
        return cls(
            id=run.id,
            conversation_id=run.conversation_id,
            state=run.state,
            question=run.user_message,
            answer=run.answer,
            message_id=run.message_id,
            model=run.model,
            prompt_version=version,
            prompt_tokens=run.prompt_tokens,
            completion_tokens=run.completion_tokens,
            started_at=run.started_at,
            finished_at=run.finished_at,
            duration_ms=run.duration_ms,
            problem=run.problem,
            **more,
        )


class RunListResponse(BaseModel):
    """A page of runs, the newest first."""

    runs: list[RunResponse]
    before: UUID | None = Field(description="Ask for older runs with it; null on the last page.")


class StepResponse(BaseModel):
    """A node of the turn's graph at work."""

    name: str = Field(examples=["reason"])
    number: int
    duration_ms: float
    prompt_tokens: int = 0
    completion_tokens: int = 0


class RunToolCallResponse(BaseModel):
    """A tool that was called, with what it answered."""

    call_id: str = Field(examples=["call_1_1"])
    name: str = Field(examples=["get_spending"])
    arguments: Any
    ok: bool | None = Field(description="Null while it is at work.")
    result: Any = None


class RunDetailResponse(RunResponse):
    """A run with its steps and tool calls, as long as its log is kept: 24 hours."""

    steps: list[StepResponse]
    tool_calls: list[RunToolCallResponse]
    citations: list[dict[str, Any]]
    last_event_id: int = Field(description="The number of its last event; 0 when the log has expired.")


def build_runs_router(
    engine: RunEngine, conversations: ConversationUseCases, current_user: Callable[..., Any]
) -> APIRouter:
    """`GET /runs`, `GET /runs/{id}`, `POST /runs/{id}/cancel`."""
    router = APIRouter(prefix="/runs", tags=["runs"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    _add_reads(router, engine, conversations, caller)
    _add_cancel(router, engine, conversations, caller)
    return router


def _add_reads(router: APIRouter, engine: RunEngine, conversations: ConversationUseCases, caller: Any) -> None:
    @router.get("", summary="List runs")
    async def list_runs(
        user: caller,
        conversation_id: Annotated[UUID | None, Query(description="Only those of one conversation.")] = None,
        before: Annotated[UUID | None, Query(description="`before` of the page before: older runs.")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> RunListResponse:
        """Your runs, the newest first, with their times and tokens."""
        found = await conversations.list_runs(
            ListRunsRequest(
                user_id=user.user_id,
                conversation_id=ConversationId(conversation_id) if conversation_id else None,
                before=RunId(before) if before else None,
                limit=limit,
            )
        )
        more = len(found) == limit
        return RunListResponse(runs=[RunResponse.of(run) for run in found], before=found[-1].id if more else None)

    @router.get("/{run_id}", responses=problem_responses(404), summary="Look into a run")
    async def get_run(user: caller, run_id: UUID) -> RunDetailResponse:
        """A run with its steps, their times and tokens, the tools it called and where its figures came from."""
        run = await conversations.get_run(GetRunRequest(user_id=user.user_id, run_id=RunId(run_id)))
        return _detail(run, await engine.told(run))


def _add_cancel(router: APIRouter, engine: RunEngine, conversations: ConversationUseCases, caller: Any) -> None:
    @router.post("/{run_id}/cancel", responses=problem_responses(404), summary="Cancel a run")
    async def cancel(user: caller, run_id: UUID) -> RunResponse:
        """Stop answering. What was said stays in the conversation; a run that has ended stays as it is.

        The run's stream ends with `run.cancelled`; until then the answer here may still say `running`.
        """
        request = GetRunRequest(user_id=user.user_id, run_id=RunId(run_id))
        await engine.cancel(await conversations.get_run(request))
        return RunResponse.of(await conversations.get_run(request))


def _detail(run: Run, events: Sequence[RunEvent]) -> RunDetailResponse:
    results = {event.data["call_id"]: event.data for event in events if event.type is EventType.TOOL_RESULT}
    calls = [event.data for event in events if event.type is EventType.TOOL_CALL]
    return RunDetailResponse.of(
        run,
        steps=[event.data for event in events if event.type is EventType.STEP and "number" in event.data],
        tool_calls=[{"ok": None} | call | _outcome(results.get(call["call_id"], {})) for call in calls],
        citations=list(run.citations),
        last_event_id=events[-1].seq if events else 0,
    )


def _outcome(result: dict[str, Any]) -> dict[str, Any]:
    return {key: result[key] for key in ("ok", "result") if key in result}
