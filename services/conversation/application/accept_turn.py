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
from services.conversation.domain.question import parse_question, request_digest
from services.conversation.domain.repositories import TurnStore
from services.conversation.domain.run import AcceptedRun, Run, RunStart
from services.conversation.domain.usage.usage import QuotaExceededError
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
        self,
        unit_of_work: ConversationUnitOfWorkFactory,
        turns: TurnStore,
        clock: Clock,
        allowance: Allowance | None = None,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._turns = turns
        self._clock = clock
        self._allowance = allowance or _no_bound

    async def __call__(self, request: AcceptTurnRequest) -> AcceptedRun:
        """The new run, or (`replayed`) the one that the same key and request already stand for.

        InvalidInputError (empty), TooLargeError (over 8,000 characters), ConversationNotFoundError, RunNotFoundError
        (nothing to replace or follow), ConversationBusyError (one question at a time), IdempotencyKeyReusedError,
        QuotaExceededError (a day's bound), TooManyVersionsError.
        """
        now = self._clock.now()
        return await self._at_once(request, now) or await self._step_by_step(request, now)

    async def _at_once(self, request: AcceptTurnRequest, now: datetime) -> AcceptedRun | None:
        """The usual question, a conversation's first or next one, in one round trip. None: it takes a closer look."""
        if request.replaces is not None or request.follows is not None:
            return None
        try:
            await self._allowance(request.user_id)
        except QuotaExceededError:
            return None
        question = parse_question(request.message or "")
        run = _run(request, question, request.conversation_id or ConversationId(new_uuid()), now)
        if request.conversation_id is not None:
            followed = await self._turns.follow(run, title_of(question))
            return AcceptedRun(followed, replayed=False) if followed is not None else None
        fresh = _first(run)
        opened = await self._turns.open(fresh, run, _started(fresh))
        return AcceptedRun(run, replayed=False) if opened else None

    async def _step_by_step(self, request: AcceptTurnRequest, now: datetime) -> AcceptedRun:
        async with self._unit_of_work() as unit:
            place = await place_of(unit, request)
            run = _run(request, place.question, place.conversation_id or ConversationId(new_uuid()), now)
            run = dataclasses.replace(run, parent_id=await _parent(unit, request, place, run))
            accepted = await unit.runs.accept(run)
            if not accepted.replayed:
                await self._bounds(unit, run)
                await unit.commit()
        return accepted

    async def _bounds(self, unit: ConversationUnitOfWork, run: Run) -> None:
        if run.replaces_id is not None and await unit.runs.count_versions(run) > MAX_VERSIONS:
            raise TooManyVersionsError
        await self._allowance(run.user_id)


def _run(request: AcceptTurnRequest, question: str, conversation_id: ConversationId, now: datetime) -> Run:
    """The run as it begins; what it follows is seen when its conversation is held."""
    key = parse_idempotency_key(request.idempotency_key) if request.idempotency_key is not None else None
    run = Run(
        id=RunId(new_uuid()),
        user_id=request.user_id,
        conversation_id=conversation_id,
        idempotency_key=key,
        request_sha256=_digest(request, question),
        user_message=question,
        started_at=now,
        scopes=tuple(sorted(request.scopes)),
        wanted_model=request.model,
        wanted_prompt_version=request.prompt_version,
        replaces_id=request.replaces,
    )
    return run.started(request.start, now) if request.start else run


def _digest(request: AcceptTurnRequest, question: str) -> str:
    named = [
        f"{what} {run_id}" for what, run_id in (("replaces", request.replaces), ("follows", request.follows)) if run_id
    ]
    return request_digest(request.conversation_id, question, request.model, request.prompt_version, *named)


async def _parent(unit: ConversationUnitOfWork, request: AcceptTurnRequest, place: Place, run: Run) -> RunId | None:
    """The run that this one follows; its conversation is held, and has this one at the head of its branch."""
    opens = place.conversation_id is None or (request.opens and not place.is_named)
    found = None
    if place.conversation_id is not None:
        found = await unit.conversations.lock(run.conversation_id, run.user_id)
    if found is None and opens:
        fresh = _first(run)
        if await unit.conversations.open(fresh):
            unit.record(_started(fresh))
            return None
        # Another request opened it at this moment, or it was deleted.
        found = await unit.conversations.lock(run.conversation_id, run.user_id)
    if found is None:
        raise ConversationNotFoundError
    title = found.title or title_of(place.question)
    await unit.conversations.save(dataclasses.replace(found, title=title, updated_at=run.started_at, head_id=run.id))
    return place.parent_id if place.is_named else found.head_id


def _first(run: Run) -> Conversation:
    """The conversation that a run opens."""
    return Conversation(
        id=run.conversation_id,
        user_id=run.user_id,
        title=title_of(run.user_message),
        created_at=run.started_at,
        updated_at=run.started_at,
        head_id=run.id,
    )


def _started(fresh: Conversation) -> ConversationStarted:
    return ConversationStarted(user_id=fresh.user_id, conversation_id=fresh.id, occurred_at=fresh.created_at)
