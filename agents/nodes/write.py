"""The writes of a round: each stops for the person's approval, and is done once when it is given."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agents.approvals import shown
from agents.context import TurnContext
from agents.models.port import Message, MessageToolCall
from agents.nodes.outcomes import TooManyCallsError, outcome_of, say_call, say_result
from agents.runs.events import WAITING, EventType
from agents.state import TurnState
from services.conversation.domain.approvals.approval import Approval, ApprovalState
from services.shared.application.tasks import to_its_end
from services.shared.domain.ids import RunId

MAX_WRITES: Final = 5
"""Writes of one round that a person is asked about."""


async def write(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Asks for all approvals at once, waits until none is open, then does what was granted, in the calls' order.

    All of it runs again on resume and after a crash: what was asked, decided and done is read from the record, which
    `interrupt` only waits for. A write that has begun is done and told before a cancellation ends the run.
    """
    context = runtime.context
    calls = unanswered(state)
    wishes = [await _ask(context, call, index < MAX_WRITES) for index, call in enumerate(calls)]
    waiting = [wish.id for wish in wishes if isinstance(wish, Approval) and wish.state is ApprovalState.PENDING]
    if waiting:
        interrupt({WAITING: [str(approval_id) for approval_id in waiting]})
    messages = [await _do(context, call, wish) for call, wish in zip(calls, wishes, strict=True)]
    return {"turn": messages, "tools_called": [call["function"]["name"] for call in calls]}


def unanswered(state: TurnState) -> list[MessageToolCall]:
    """The calls of the last round that have no result yet: its writes."""
    answered = {message["tool_call_id"] for message in state["turn"] if message["role"] == "tool"}
    last = next(message for message in reversed(state["turn"]) if message.get("tool_calls"))
    return [call for call in last["tool_calls"] if call["id"] not in answered]


async def _ask(context: TurnContext, call: MessageToolCall, allowed: bool) -> Approval | dict[str, Any]:
    say_call(context, call)
    asked: list[Approval] = []

    async def work() -> dict[str, Any]:
        if not allowed:
            raise TooManyCallsError(f"At most {MAX_WRITES} changes can be approved at a time. Ask again afterwards.")
        asked.append(await context.desk.ask(context.identity, RunId(UUID(context.run_id)), call))
        return {}

    failure = await outcome_of(context, call["function"]["name"], work)
    if not asked:
        return failure
    context.sink.emit_once(EventType.APPROVAL_REQUIRED, shown(asked[0]))
    return asked[0]


async def _do(context: TurnContext, call: MessageToolCall, wish: Approval | dict[str, Any]) -> Message:
    if isinstance(wish, dict):
        return say_result(context, call, wish)

    async def work() -> dict[str, Any]:
        return await context.desk.perform(context.identity, wish, call)

    async def told() -> Message:
        return say_result(context, call, await outcome_of(context, call["function"]["name"], work, changes=True))

    return await to_its_end(told())
