"""First node: the prompt with what is known of the person, the earlier turns and the question."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.models.port import Message
from agents.state import TurnState
from services.shared.domain.errors import NiveshError

_QUESTION_LENGTH: Final = 100
_QUESTIONS: Final = 30


async def load_context(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Sets `context` and begins `turn` with the question."""
    context = runtime.context
    profile, memories, history = await asyncio.gather(
        _known(context, "get_profile"), _known(context, "list_memories"), context.history()
    )
    system = context.prompt.render(
        today=f"{context.today:%A, %d %B %Y}", timezone=context.timezone, person=_person(profile, memories)
    )
    question: Message = {"role": "user", "content": context.question}
    return {
        "context": [{"role": "system", "content": system}, *summarised(history, context.limits.verbatim_turns)],
        "turn": [question],
        "rounds": 0,
        "answer": [],
        "stopped": [],
        "revisions": 0,
    }


def summarised(history: list[Message], verbatim_turns: int) -> list[Message]:
    """The earlier turns, oldest first: of all but the last ones only what was asked, in one message.

    Answers are left out of the summary, for their figures belong to another day and to tools of another turn.
    """
    first = max(len(history) - 2 * verbatim_turns, 0)
    asked = [message["content"] or "" for message in history[:first] if message["role"] == "user"]
    if not asked:
        return history
    lines = "\n".join(f"- {' '.join(text.split())[:_QUESTION_LENGTH]}" for text in asked[-_QUESTIONS:])
    summary: Message = {
        "role": "system",
        "content": f"Earlier in this conversation the person asked, among other things:\n{lines}",
    }
    return [summary, *history[first:]]


async def _known(context: TurnContext, tool: str) -> dict[str, Any]:
    """What a tool knows of the person; nothing when there is no such tool, or the caller may not use it."""
    if context.gateway.find(tool) is None:
        return {}
    try:
        return await context.gateway.run(context.identity, tool, {})
    except NiveshError:
        return {}


def _person(profile: dict[str, Any], memories: dict[str, Any]) -> str:
    lines = [f"First name: {profile['first_name']}."] if profile.get("first_name") else []
    lines += [str(memory["text"]) for memory in memories.get("memories", ())]
    return "\n".join(f"- {' '.join(line.split())}" for line in lines) or "- nothing yet"
