"""Writes that a model wishes for: shown to the person by the server, done once, and only when the person says so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agents.models.port import MessageToolCall
from services.conversation.application.approvals.decide_approval import DecideApprovalRequest
from services.conversation.application.approvals.find_approval import FindApprovalRequest
from services.conversation.application.approvals.get_approval import GetApprovalRequest
from services.conversation.application.approvals.request_approval import RequestApprovalRequest
from services.conversation.application.approvals.use_approval import UseApprovalRequest
from services.conversation.application.approvals.use_cases import ApprovalUseCases
from services.conversation.domain.approvals.approval import Approval, ApprovalState, Decision, Wish
from services.shared.domain.errors import NiveshError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId, RunId, UserId
from tools.calls import parse_arguments
from tools.gateway import Prepared, ToolGateway

_DECLINED = "The person declined this. Nothing was changed. Do not ask for it again unless they say so."
_EXPIRED = "The person did not answer within five minutes. Nothing was changed. Offer to ask again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A person's word on a write. `digest` is the hash of what they were shown; `arguments` go with an edit."""

    approval_id: ApprovalId
    decision: Decision
    digest: str
    arguments: Mapping[str, Any] | None = None


async def _nothing(_: RunId) -> None:
    """The run is left to whoever looks for those that are ready."""


class ApprovalDesk:
    """Between the graph, which wishes, and the person, who decides. The record of it all is PostgreSQL's."""

    def __init__(self, approvals: ApprovalUseCases, gateway: ToolGateway) -> None:
        self._approvals = approvals
        self._gateway = gateway

    async def ask(self, identity: Identity, run_id: RunId, call: MessageToolCall) -> Approval:
        """The approval of a call, asked for now unless it was before. Raises what a preview raises."""
        known = await self._approvals.find(
            FindApprovalRequest(user_id=identity.user_id, run_id=run_id, call_id=call["id"])
        )
        if known is not None and known.state is not ApprovalState.PENDING:
            return known
        function = call["function"]
        wish = known.wish if known is not None else await self._wish(identity, function["name"], function["arguments"])
        return await self._approvals.request(
            RequestApprovalRequest(user_id=identity.user_id, run_id=run_id, call_id=call["id"], wish=wish)
        )

    async def decide(
        self, identity: Identity, word: Word, then: Callable[[RunId], Awaitable[None]] = _nothing
    ) -> Approval:
        """Take the owner's word, and call `then` with its run once it is durable.

        Raises the errors of DecideApproval, and for an edit those of a preview.
        """
        approval = await self._approvals.get(GetApprovalRequest(user_id=identity.user_id, approval_id=word.approval_id))
        edited = None
        if word.decision is not Decision.REJECT:
            self._gateway.permitted(identity, approval.wish.tool)
        if word.arguments is not None:
            edited = _as_wish(await self._gateway.preview(identity, approval.wish.tool, dict(word.arguments)))
        return await self._approvals.decide(
            DecideApprovalRequest(
                user_id=identity.user_id,
                approval_id=word.approval_id,
                decision=word.decision,
                digest=word.digest,
                edited=edited,
                then=lambda: then(approval.run_id),
            )
        )

    async def any_open(self, user_id: UserId, approval_ids: Iterable[str]) -> bool:
        """Whether one of these approvals still waits for its owner's word. ApprovalNotFoundError as for `get`."""
        for approval_id in approval_ids:
            wanted = GetApprovalRequest(user_id=user_id, approval_id=ApprovalId(UUID(approval_id)))
            if (await self._approvals.get(wanted)).state is ApprovalState.PENDING:
                return True
        return False

    async def perform(self, identity: Identity, approval: Approval, call: MessageToolCall) -> dict[str, Any]:
        """What came of it, for the model: the write's result, done now or before, or why nothing was done.

        Arguments that the person changed come with the result as `edited_arguments`.
        """
        if approval.state is ApprovalState.REJECTED:
            return {"error": {"code": "declined", "detail": _DECLINED}}
        if approval.state is ApprovalState.EXPIRED:
            return {"error": {"code": "approval-expired", "detail": _EXPIRED}}
        spend = UseApprovalRequest(user_id=identity.user_id, approval_id=approval.id)

        async def grant() -> None:
            await self._approvals.use(spend)

        wish = approval.wish
        try:
            result = await self._gateway.write(
                identity, wish.tool, dict(wish.arguments), key=f"run {approval.run_id} {approval.call_id}", grant=grant
            )
        except NiveshError:
            if approval.is_granted:
                await grant()
            raise
        edited = self._gateway.canonical(wish.tool, call["function"]["arguments"]) != wish.arguments
        return result | {"edited_arguments": dict(wish.arguments)} if edited else result

    async def _wish(self, identity: Identity, tool: str, arguments: str) -> Wish:
        return _as_wish(await self._gateway.preview(identity, tool, parse_arguments(arguments)))


def shown(approval: Approval) -> dict[str, Any]:
    """An approval as its owner sees it, in events and over HTTP."""
    wish = approval.wish
    return {
        "approval_id": str(approval.id),
        "run_id": str(approval.run_id),
        "call_id": approval.call_id,
        "name": wish.tool,
        "arguments": dict(wish.arguments),
        "preview": {
            "summary": wish.summary,
            "details": [{"label": label, "value": value} for label, value in wish.details],
        },
        "hash": approval.digest,
        "state": approval.state.value,
        "expires_at": approval.expires_at.isoformat(),
    }


def _as_wish(prepared: Prepared) -> Wish:
    preview = prepared.preview
    return Wish(prepared.tool, prepared.arguments, preview.summary, preview.details)
