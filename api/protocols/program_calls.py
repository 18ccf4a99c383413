"""What a program's call of a tool does: a read runs at once, a write asks its person and tells later what came of it.

Behind a program may stand a model. Only a person who is logged in says yes to a write by asking for it.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid4

from agents.models.direct import direct_question
from agents.runs.events import FINAL_EVENTS, EventType, RunEvent
from api.protocols.keys import key_of
from api.protocols.turns import Asked, Turns
from services.conversation.domain.run import Run
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId
from tools.gateway import ToolGateway
from tools.tool import Effect, Tool

CHAT: Final = "Requests by programs"
APPROVAL: Final = "approval_id"
_APPROVAL_SCHEMA: Final = {
    "type": "string",
    "format": "uuid",
    "description": "Leave it out to ask for approval. Give the id that came back to learn what the person decided.",
}


def input_schema(tool: Tool[Any]) -> dict[str, Any]:
    """The tool's arguments; those of a write have a place for the approval."""
    schema = tool.parameters()
    if tool.effect is Effect.READ:
        return schema
    return {**schema, "properties": {**schema.get("properties", {}), APPROVAL: _APPROVAL_SCHEMA}}


class ProgramCalls:
    """Calls through one gateway, in the name of whoever the request's credential speaks for."""

    def __init__(self, gateway: ToolGateway, turns: Turns) -> None:
        self._gateway = gateway
        self._turns = turns

    async def call(
        self, caller: Identity, name: str, arguments: dict[str, Any], key: str | None = None
    ) -> dict[str, Any]:
        """The result as JSON, or for a write what is known of it by now; the same key is the same write.

        Raises NiveshError.
        """
        tool = self._gateway.permitted(caller, name)
        if tool.effect is Effect.READ:
            return await self._gateway.run(caller, name, arguments)
        wanted = {field: value for field, value in arguments.items() if field != APPROVAL}
        if arguments.get(APPROVAL) is not None:
            return await self._outcome(caller, name, arguments[APPROVAL])
        key = key_of("tool", key) if key else None
        chat = f"{CHAT} {key or uuid4()}"
        if key is None or not await self._turns.knows(caller, chat, key):
            await self._gateway.preview(caller, name, wanted)
        run = await self._turns.begin(caller, Asked(chat=chat, message=direct_question(name, wanted), key=key))
        return await self._told(caller, run)

    async def write(
        self, caller: Identity, name: str, arguments: dict[str, Any], key: str | None = None
    ) -> dict[str, Any]:
        """Do a write at the word of the person, whose own login this is; the same key is the same write."""
        return await self._gateway.write(caller, name, arguments, key=f"tool {key or uuid4()}")

    async def preview(self, caller: Identity, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What a call would do. Raises NiveshError."""
        prepared = await self._gateway.preview(caller, name, arguments)
        details = [{"label": label, "value": value} for label, value in prepared.preview.details]
        preview = {"summary": prepared.preview.summary, "details": details}
        return {"status": "dry_run", "arguments": prepared.arguments, "preview": preview}

    async def _outcome(self, caller: Identity, name: str, text: object) -> dict[str, Any]:
        """What came of this tool's call; of another's, the caller's scopes may not let it know."""
        try:
            approval_id = ApprovalId(UUID(str(text)))
        except ValueError as error:
            raise InvalidInputError("approval_id is not an id that a call has given.") from error
        approval, run = await self._turns.asked_by(caller, approval_id)
        if approval.wish.tool != name:
            raise InvalidInputError(f"That approval_id is of a call of '{approval.wish.tool}', not of '{name}'.")
        return await self._told(caller, run, approval.call_id)

    async def _told(self, caller: Identity, run: Run, call_id: str | None = None) -> dict[str, Any]:
        """What is known of the write by now: of the run's only one, or of that call."""
        events: list[RunEvent] = []
        async for some in self._turns.events(caller, run):
            events += some
        return what_came(events, call_id)


def what_came(events: list[RunEvent], call_id: str | None = None) -> dict[str, Any]:
    """What a run has told of that call of its, or of its only one.

    What was done stays done, however the run ended afterwards.
    """
    last = events[-1] if events else None
    ended = last is None or last.type in FINAL_EVENTS
    for event in reversed(events):
        if call_id not in (None, event.data.get("call_id")):
            continue
        if event.type is EventType.TOOL_RESULT:
            return {"status": "done" if event.data["ok"] else "not_done", "result": event.data["result"]}
        if event.type is EventType.APPROVAL_REQUIRED and not ended:
            return _pending(event.data)
    return {"status": "not_done", "result": {"error": _why(last)}}


def _why(last: RunEvent | None) -> dict[str, Any]:
    if last is not None and last.type is EventType.RUN_CANCELLED:
        return {"code": "cancelled", "detail": "It was cancelled."}
    problem: dict[str, Any] = last.data.get("problem", {}) if last is not None else {}
    return problem


def _pending(shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": "approval_required",
        "detail": "Nothing has been changed. The person must approve this in Nivesh (POST /api/v1/approvals/{id}) "
        "within five minutes. Then call again with this approval_id.",
        "approval_id": shown["approval_id"],
        "preview": shown["preview"],
        "expires_at": shown["expires_at"],
    }
