"""First node: the prompt with what is known of the person, the earlier turns and the question."""

from __future__ import annotations

from typing import Final

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.models.port import Message
from agents.state import TurnState

_QUESTION_LENGTH: Final = 100
_QUESTIONS: Final = 30


async def load_context(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Sets `context` and begins `turn` with the question."""
    context = runtime.context
    # One after the other: the person is being read about since the question was asked.
    history, person = await context.history(), await context.person.lines()
    system = context.prompt.render(today=f"{context.today:%A, %d %B %Y}", timezone=context.timezone, person=person)
    question: Message = {"role": "user", "content": context.question}
    return {
        "context": [{"role": "system", "content": system}, *summarised(history, context.limits.verbatim_turns)],
        "turn": [question],
        "rounds": 0,
        "answer": "",
        "stopped": [],
        "revisions": 0,
        "tools_called": [],
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
