"""Record a question as a run, before anything answers it."""

import dataclasses
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from services.conversation.application.unit_of_work import ConversationUnitOfWork, ConversationUnitOfWorkFactory
from services.conversation.domain.conversation import Conversation, title_of
from services.conversation.domain.errors import ConversationNotFoundError
from services.conversation.domain.events import ConversationStarted
from services.conversation.domain.question import parse_question, request_digest
from services.conversation.domain.run import AcceptedRun, Run, RunStart
from services.shared.domain.clock import Clock
from services.shared.domain.idempotency import parse_idempotency_key
from services.shared.domain.ids import ConversationId, RunId, UserId, new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTurnRequest:
    """A question. Without `conversation_id` a conversation is opened; without a key every request is a new one.

    `opens` says that the conversation of that id is opened when there is none yet.
    With `start` the run is running at once, because the process that accepts it begins to work on it.
    """

    user_id: UserId
    message: str
    conversation_id: ConversationId | None = None
    idempotency_key: str | None = None
    scopes: frozenset[str] = frozenset()
    model: str | None = None
    prompt_version: str | None = None
    opens: bool = False
    start: RunStart | None = None


Allowance = Callable[[UserId], Awaitable[None]]
"""Raises when the person has taken what one may take in a day."""


async def _no_bound(_: UserId) -> None:
    """Everybody may ask as much as they like."""


class AcceptTurn:
    """Command: one accepted run, and the conversation it belongs to, in one transaction."""

    def __init__(
        self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock, allowance: Allowance | None = None
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._allowance = allowance or _no_bound

    async def __call__(self, request: AcceptTurnRequest) -> AcceptedRun:
        """The new run, or (`replayed`) the one that the same key and request already stand for.

        InvalidInputError (empty), TooLargeError (over 8,000 characters), ConversationNotFoundError,
        ConversationBusyError (one question at a time), IdempotencyKeyReusedError, QuotaExceededError (a day's bound).
        """
        question = parse_question(request.message)
        key = parse_idempotency_key(request.idempotency_key) if request.idempotency_key is not None else None
        now = self._clock.now()
        async with self._unit_of_work() as unit:
            conversation = await _conversation(unit, request, question, now)
            run = Run(
                id=RunId(new_uuid()),
                user_id=request.user_id,
                conversation_id=conversation.id,
                idempotency_key=key,
                request_sha256=request_digest(request.conversation_id, question, request.model, request.prompt_version),
                user_message=question,
                started_at=now,
                scopes=tuple(sorted(request.scopes)),
                wanted_model=request.model,
                wanted_prompt_version=request.prompt_version,
            )
            accepted = await unit.runs.accept(run.started(request.start, now) if request.start else run)
            if not accepted.replayed:
                await self._allowance(request.user_id)
                await unit.commit()
        return accepted


async def _conversation(
    unit: ConversationUnitOfWork, request: AcceptTurnRequest, question: str, now: datetime
) -> Conversation:
    if request.conversation_id is None:
        return await _opened(unit, request, ConversationId(new_uuid()), question, now)
    found = await unit.conversations.lock(request.conversation_id, request.user_id)
    if found is None and request.opens:
        return await _opened(unit, request, request.conversation_id, question, now)
    if found is None:
        raise ConversationNotFoundError
    named = dataclasses.replace(found, title=found.title or title_of(question), updated_at=now)
    await unit.conversations.save(named)
    return named


async def _opened(
    unit: ConversationUnitOfWork,
    request: AcceptTurnRequest,
    conversation_id: ConversationId,
    question: str,
    now: datetime,
) -> Conversation:
    fresh = Conversation(
        id=conversation_id, user_id=request.user_id, title=title_of(question), created_at=now, updated_at=now
    )
    if await unit.conversations.open(fresh):
        unit.record(ConversationStarted(user_id=request.user_id, conversation_id=fresh.id, occurred_at=now))
        return fresh
    # Another request opened it at this moment, or it was deleted.
    found = await unit.conversations.lock(conversation_id, request.user_id)
    if found is None:
        raise ConversationNotFoundError
    return found
