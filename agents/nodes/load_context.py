"""First node: the prompt, the earlier turns and the question."""

from __future__ import annotations

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.models.port import Message
from agents.state import TurnState


async def load_context(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Sets `context` and begins `turn` with the question."""
    context = runtime.context
    system = context.prompt.render(today=f"{context.today:%A, %d %B %Y}", timezone=context.timezone)
    question: Message = {"role": "user", "content": context.question}
    return {
        "context": [{"role": "system", "content": system}, *await context.history()],
        "turn": [question],
        "rounds": 0,
        "answer": [],
        "stopped": [],
        "revisions": 0,
    }
