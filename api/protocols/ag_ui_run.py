"""A run of the AG-UI protocol: its input read, its turn begun or gone on with, its events told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from ag_ui.core import ResumeEntry, RunAgentInput, UserMessage
from fastapi import Response
from pydantic import ValidationError

from api.protocols.ag_ui_stream import AgUiStream
from api.protocols.keys import key_of
from api.protocols.protocol_stream import ProtocolStream
from api.protocols.turns import Answer, Asked, Turns
from services.conversation.domain.run import Run
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId
from services.shared.domain.text import storable_text


async def answer_run(turns: Turns, caller: Identity, body: dict[str, Any]) -> Response:
    """The stream that answers a run input. InvalidInputError, and the errors of accepting and deciding."""
    wanted = _parsed(body)
    if wanted.resume:
        answers = [_answer(entry) for entry in wanted.resume]
        return _stream(turns, caller, await turns.decide(caller, answers), wanted, answers[-1].approval_id)
    key = key_of("ag-ui", wanted.thread_id, wanted.run_id)
    asked = Asked(chat=wanted.thread_id, message=_question(wanted), key=key)
    return _stream(turns, caller, await turns.begin(caller, asked), wanted)


def _parsed(body: dict[str, Any]) -> RunAgentInput:
    try:
        wanted = RunAgentInput.model_validate(body)
    except ValidationError as error:
        problems = [{"field": ".".join(map(str, item["loc"])), "message": item["msg"]} for item in error.errors()]
        first = f"{problems[0]['field']}: {problems[0]['message']}"
        raise InvalidInputError(f"This is no AG-UI run input: {first}.", extra={"errors": problems[:20]}) from error
    storable_text(wanted.thread_id + wanted.run_id, what="An id")
    return wanted


def _question(wanted: RunAgentInput) -> str:
    last = wanted.messages[-1] if wanted.messages else None
    if not isinstance(last, UserMessage):
        raise InvalidInputError("The last of `messages` must be the person's question, or `resume` an interrupt.")
    if isinstance(last.content, str):
        return last.content
    return "\n".join(part.text for part in last.content if part.type == "text")


def _answer(entry: ResumeEntry) -> Answer:
    try:
        approval_id = ApprovalId(UUID(entry.interrupt_id))
    except ValueError as error:
        raise InvalidInputError(f"There is no interrupt '{entry.interrupt_id[:80]}'.") from error
    if entry.status == "cancelled":
        return Answer(approval_id, approved=False)
    approved = entry.payload.get("approved") if isinstance(entry.payload, dict) else None
    if not isinstance(approved, bool):
        raise InvalidInputError('Answer an interrupt with the payload {"approved": true} or {"approved": false}.')
    return Answer(approval_id, approved)


def _stream(
    turns: Turns, caller: Identity, run: Run, wanted: RunAgentInput, answered: ApprovalId | None = None
) -> Response:
    headers = {"X-Run-ID": str(run.id), "X-Conversation-ID": str(run.conversation_id), "X-Accel-Buffering": "no"}
    made = _events(turns, caller, run, wanted, answered)
    return ProtocolStream(made, headers=headers)


async def _events(
    turns: Turns, caller: Identity, run: Run, wanted: RunAgentInput, answered: ApprovalId | None
) -> AsyncIterator[bytes]:
    stream = AgUiStream(wanted.thread_id, wanted.run_id, message_id=f"{run.id}{'-2' if answered else ''}")
    yield stream.begin()
    async for events in turns.events(caller, run, answered):
        if made := stream.encode(events):
            yield made
