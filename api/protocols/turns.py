"""What every protocol asks of a turn: begin it, come back to it, decide what it waits for, and read its events."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from agents.approvals import Word
from agents.runs.engine import RunEngine
from agents.runs.events import RunEvent, parse
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.approvals.get_approval import GetApprovalRequest
from services.conversation.application.branches.choose_branch import ChooseBranchRequest
from services.conversation.application.branches.find_turn import FindTurnRequest
from services.conversation.application.find_active_run import FindActiveRunRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.resolve_conversation import ResolveConversationRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.approvals.approval import Approval, ApprovalState, Decision
from services.conversation.domain.run import Run
from services.shared.domain.errors import NotFoundError, PermissionDeniedError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId, ConversationId, RunId

APPROVING = "approvals:write"


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's word on an approval, in the words of a protocol."""

    approval_id: ApprovalId
    approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question in the chat that the client knows by a name of its own; None opens one.

    `replaces`, `follows` and a missing message are as in `AcceptTurnRequest`.
    """

    chat: str | None
    message: str | None
    key: str | None
    replaces: RunId | None = None
    follows: RunId | None = None


class Turns:
    """The engine and the record of conversations, as protocols use them."""

    def __init__(self, engine: RunEngine, conversations: ConversationUseCases) -> None:
        self._engine = engine
        self._conversations = conversations

    async def begin(self, caller: Identity, asked: Asked) -> Run:
        """The run of a question, of a version of one, or the one that the same key already stands for.

        A version that was there already is the chosen one again.
        """
        conversation_id = None if asked.chat is None else await self._conversation(caller, asked.chat)
        accepted = await self._engine.submit(
            caller,
            AcceptTurnRequest(
                user_id=caller.user_id,
                message=asked.message,
                conversation_id=conversation_id,
                idempotency_key=asked.key,
                scopes=caller.scopes,
                opens=True,
                replaces=asked.replaces,
                follows=asked.follows,
            ),
        )
        run = accepted.run
        if accepted.replayed and asked.replaces is not None:
            await self._conversations.branches.choose(
                ChooseBranchRequest(user_id=caller.user_id, conversation_id=run.conversation_id, run_id=run.id)
            )
        return run

    async def find(self, caller: Identity, chat: str, name: str | None, key: str | None = None) -> Run:
        """The turn that the client means by a name of its own, or the chat's last. RunNotFoundError for none."""
        return await self._conversations.branches.find_turn(
            FindTurnRequest(
                user_id=caller.user_id, conversation_id=await self._conversation(caller, chat), name=name, key=key
            )
        )

    async def knows(self, caller: Identity, chat: str, key: str) -> bool:
        """Whether the key stands for a turn of the chat already."""
        try:
            await self.find(caller, chat, "", key)
        except NotFoundError:
            return False
        return True

    async def _conversation(self, caller: Identity, chat: str) -> ConversationId:
        return await self._conversations.resolve_conversation(
            ResolveConversationRequest(user_id=caller.user_id, name=chat)
        )

    async def active(self, caller: Identity, chat: str) -> Run | None:
        """The run that goes on or waits in a chat."""
        return await self._conversations.find_active_run(
            FindActiveRunRequest(user_id=caller.user_id, conversation_id=await self._conversation(caller, chat))
        )

    async def cancel(self, caller: Identity, run: Run) -> None:
        """Have a run end with what it has said; one that has ended stays as it is."""
        await self._engine.cancel(await self.get(caller, run.id))

    async def cancel_active(self, caller: Identity, chat: str) -> None:
        """Cancel what goes on or waits in a chat; nothing is no error."""
        run = await self.active(caller, chat)
        if run is not None:
            await self._engine.cancel(run)

    async def decide(self, caller: Identity, answers: list[Answer]) -> Run:
        """Take the owner's words, all on one run, and give that run. An answer that was taken before changes nothing.

        PermissionDeniedError for a credential that may not approve, such as an API key.
        """
        if APPROVING not in caller.scopes:
            raise PermissionDeniedError("Only the person may approve: log in, an API key will not do.")
        approvals = [await self._decide(caller, answer) for answer in answers]
        return await self.get(caller, approvals[0].run_id)

    async def asked_by(self, caller: Identity, approval_id: ApprovalId) -> tuple[Approval, Run]:
        """An approval of the caller's, and the run that asked for it."""
        wanted = GetApprovalRequest(user_id=caller.user_id, approval_id=approval_id)
        approval = await self._conversations.approvals.get(wanted)
        return approval, await self.get(caller, approval.run_id)

    async def _decide(self, caller: Identity, answer: Answer) -> Approval:
        approval = await self._conversations.approvals.get(
            GetApprovalRequest(user_id=caller.user_id, approval_id=answer.approval_id)
        )
        if approval.state is not ApprovalState.PENDING and _says(approval.state) is answer.approved:
            return approval
        decision = Decision.APPROVE if answer.approved else Decision.REJECT
        return await self._engine.decide(
            caller, Word(approval_id=approval.id, decision=decision, digest=approval.digest)
        )

    async def get(self, caller: Identity, run_id: RunId) -> Run:
        """The caller's run as it stands."""
        return await self._conversations.get_run(GetRunRequest(user_id=caller.user_id, run_id=run_id))

    def follow(self, run: Run, after_seq: int = 0) -> AsyncGenerator[bytes, None]:
        """The run's frames, as the log has them."""
        return self._engine.follow(run, after_seq)

    async def events(
        self, caller: Identity, run: Run, answered: ApprovalId | None = None
    ) -> AsyncIterator[list[RunEvent]]:
        """The run's events in the batches in which they came, up to its end or to where it waits for its owner.

        With an answered approval only those that follow on the answer.
        """
        heard = answered is None
        async with contextlib.aclosing(self.follow(run)) as frames:
            async for part in frames:
                events = list(parse(part))
                if not heard:
                    place = _where_it_waited(events, answered)
                    heard, events = place is not None, events[place or len(events) :]
                if events:
                    yield events
                if events and await self._engine.waits_at(run, events[-1]):
                    return


def _where_it_waited(events: list[RunEvent], answered: ApprovalId | None) -> int | None:
    """The place just after the step in which the run waited for this approval."""
    for place, event in enumerate(events, start=1):
        if event.is_waiting and str(answered) in event.data["approvals"]:
            return place
    return None


def _says(state: ApprovalState) -> bool | None:
    match state:
        case ApprovalState.APPROVED | ApprovalState.EDITED | ApprovalState.USED:
            return True
        case ApprovalState.REJECTED:
            return False
        case _:
            return None
