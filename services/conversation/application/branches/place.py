"""Where a question belongs: at the end of a branch, after a turn, or in place of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.conversation.application.unit_of_work import ConversationUnitOfWork
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.question import parse_question
from services.conversation.domain.run import Run
from services.shared.domain.ids import ConversationId, RunId

if TYPE_CHECKING:
    from services.conversation.application.accept_turn import AcceptTurnRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is asked, in which conversation and, if the request names it, after which turn."""

    question: str
    conversation_id: ConversationId | None
    parent_id: RunId | None = None
    is_named: bool = False


async def place_of(unit: ConversationUnitOfWork, wanted: AcceptTurnRequest) -> Place:
    """The place that a request names; InvalidInputError or TooLargeError for the question, RunNotFoundError."""
    if wanted.replaces is None:
        question = parse_question(wanted.message or "")
        if wanted.follows is None:
            return Place(question=question, conversation_id=wanted.conversation_id)
        before = await _named(unit, wanted, wanted.follows)
        return Place(question=question, conversation_id=before.conversation_id, parent_id=before.id, is_named=True)
    replaced = await _named(unit, wanted, wanted.replaces)
    return Place(
        question=replaced.user_message if wanted.message is None else parse_question(wanted.message),
        conversation_id=replaced.conversation_id,
        parent_id=replaced.parent_id,
        is_named=True,
    )


async def _named(unit: ConversationUnitOfWork, wanted: AcceptTurnRequest, run_id: RunId) -> Run:
    run = await unit.runs.get(run_id, wanted.user_id)
    if run is None or wanted.conversation_id not in (None, run.conversation_id):
        raise RunNotFoundError
    return run
