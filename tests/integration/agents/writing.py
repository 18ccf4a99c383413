"""A tool that writes, models that wish to, and a clock that can be moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import orjson

from agents.models.port import ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested
from services.conversation.application.list_conversations import ListConversationsRequest
from services.conversation.application.start_conversation import StartConversationRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.shared.domain.errors import ConflictError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId
from tools.arguments import Amount
from tools.tool import Effect, Preview, Tool, ToolArguments

WRITE_SCOPE = "chat:write"


class Clock:
    """The machine's time, and what is added to it."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class PlanArguments(ToolArguments):
    """What the plan is called and what it may cost."""

    title: str
    budget: Amount


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    budget: Decimal


def plan_tool(conversations: ConversationUseCases) -> Tool[PlanArguments]:
    """Keeps a plan as the title of a conversation: a write with an event, in PostgreSQL."""

    async def run(identity: Identity, wanted: PlanArguments) -> Plan:
        if wanted.title == "taken":
            raise ConflictError("There is such a plan already.")
        title = f"plan {wanted.title} {wanted.budget}"
        await conversations.start_conversation(StartConversationRequest(user_id=identity.user_id, title=title))
        return Plan(wanted.title, wanted.budget)

    async def preview(_: Identity, wanted: PlanArguments) -> Preview:
        if wanted.title == "bad":
            raise ConflictError("There is such a plan already.")
        return Preview(f"Plan '{wanted.title}' for ₹{wanted.budget:,}.", (("Budget", f"₹{wanted.budget:,}"),))

    return Tool(
        name="make_plan",
        description="Keep a plan.",
        scope=WRITE_SCOPE,
        arguments=PlanArguments,
        run=run,
        preview=preview,
        effect=Effect.WRITE,
    )


async def plans(conversations: ConversationUseCases, user_id: UserId) -> list[str]:
    """The plans that a person has, as they were kept."""
    page = await conversations.list_conversations(ListConversationsRequest(user_id=user_id, limit=100))
    return sorted(one.title for one in page.conversations if one.title.startswith("plan "))


def call(name: str, **arguments: object) -> ToolCall:
    return ToolCall("its own id", name, orjson.dumps(arguments).decode())


class Wishes:
    """Asks for the given calls, round by round, and then tells what came of them."""

    name = "wishes"

    def __init__(self, *rounds: Sequence[ToolCall]) -> None:
        self.rounds = rounds
        self.requests: list[ModelRequest] = []

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        self.requests.append(request)
        done = sum("tool_calls" in message for message in request.messages)
        if done < len(self.rounds):
            tell(ToolCallsRequested(tuple(self.rounds[done])))
        else:
            tell(TextDelta("That is all."))
