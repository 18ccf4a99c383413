"""Record a question as a run, before anything answers it."""

import dataclasses
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from services.conversation.application.branches.place import Place, place_of
from services.conversation.application.unit_of_work import ConversationUnitOfWork, ConversationUnitOfWorkFactory
from services.conversation.domain.branches.branch import MAX_VERSIONS, TooManyVersionsError
from services.conversation.domain.conversation import Conversation, title_of
from services.conversation.domain.errors import ConversationNotFoundError
from services.conversation.domain.events import ConversationStarted
from services.conversation.domain.question import request_digest
from services.conversation.domain.run import AcceptedRun, Run, RunStart
from services.shared.domain.clock import Clock
from services.shared.domain.idempotency import parse_idempotency_key
from services.shared.domain.ids import ConversationId, RunId, UserId, new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTurnRequest:
    """A question. Without `conversation_id` a conversation is opened; without a key every request is a new one.

    It follows the last turn of the chosen branch, or the turn `follows`. With `replaces` it is another version of that
    turn: with a message its question edited, without one its answer given anew.
    `opens` says that the conversation of that id is opened when there is none yet.
    With `start` the run is running at once, because the process that accepts it begins to work on it.
    """

    user_id: UserId
    message: str | None = None
    conversation_id: ConversationId | None = None
    idempotency_key: str | None = None
    scopes: frozenset[str] = frozenset()
    model: str | None = None
    prompt_version: str | None = None
    opens: bool = False
    replaces: RunId | None = None
    follows: RunId | None = None
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

        InvalidInputError (empty), TooLargeError (over 8,000 characters), ConversationNotFoundError, RunNotFoundError
        (nothing to replace or follow), ConversationBusyError (one question at a time), IdempotencyKeyReusedError,
        QuotaExceededError (a day's bound), TooManyVersionsError.
        """
        key = parse_idempotency_key(request.idempotency_key) if request.idempotency_key is not None else None
        now = self._clock.now()
        async with self._unit_of_work() as unit:
            place, run_id = await place_of(unit, request), RunId(new_uuid())
            conversation_id, parent_id = await _conversation(unit, request, place, run_id, now)
            run = Run(
                id=run_id,
                user_id=request.user_id,
                conversation_id=conversation_id,
                idempotency_key=key,
                request_sha256=_digest(request, place.question),
                user_message=place.question,
                started_at=now,
                scopes=tuple(sorted(request.scopes)),
                wanted_model=request.model,
                wanted_prompt_version=request.prompt_version,
                parent_id=parent_id,
                replaces_id=request.replaces,
            )
            accepted = await unit.runs.accept(run.started(request.start, now) if request.start else run)
            if not accepted.replayed:
                await self._bounds(unit, run)
                await unit.commit()
        return accepted

    async def _bounds(self, unit: ConversationUnitOfWork, run: Run) -> None:
        if run.replaces_id is not None and await unit.runs.count_versions(run) > MAX_VERSIONS:
            raise TooManyVersionsError
        await self._allowance(run.user_id)


def _digest(request: AcceptTurnRequest, question: str) -> str:
    named = [
        f"{what} {run_id}" for what, run_id in (("replaces", request.replaces), ("follows", request.follows)) if run_id
    ]
    return request_digest(request.conversation_id, question, request.model, request.prompt_version, *named)


async def _conversation(
    unit: ConversationUnitOfWork, request: AcceptTurnRequest, place: Place, run_id: RunId, now: datetime
) -> tuple[ConversationId, RunId | None]:
    """The conversation, held and with the run at the head of its branch, and the run that this one follows."""
    conversation_id = place.conversation_id or ConversationId(new_uuid())
    opens = place.conversation_id is None or (request.opens and not place.is_named)
    found = None
    if place.conversation_id is not None:
        found = await unit.conversations.lock(conversation_id, request.user_id)
    if found is None and opens:
        if await _opened(unit, request.user_id, conversation_id, place.question, run_id, now):
            return conversation_id, None
        # Another request opened it at this moment, or it was deleted.
        found = await unit.conversations.lock(conversation_id, request.user_id)
    if found is None:
        raise ConversationNotFoundError
    title = found.title or title_of(place.question)
    await unit.conversations.save(dataclasses.replace(found, title=title, updated_at=now, head_id=run_id))
    return conversation_id, place.parent_id if place.is_named else found.head_id


async def _opened(
    unit: ConversationUnitOfWork,
    user_id: UserId,
    conversation_id: ConversationId,
    question: str,
    run_id: RunId,
    now: datetime,
) -> bool:
    fresh = Conversation(
        id=conversation_id,
        user_id=user_id,
        title=title_of(question),
        created_at=now,
        updated_at=now,
        head_id=run_id,
    )
    if not await unit.conversations.open(fresh):
        return False
    unit.record(ConversationStarted(user_id=user_id, conversation_id=fresh.id, occurred_at=now))
    return True
