"""Decides what becomes of a finished draft: it stands, it goes back once, or it ends with what was withheld said."""

from __future__ import annotations

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.state import TurnState, answer_of

MAX_REVISIONS = 1
_WITHHELD = "I left a sentence out here, because its figures did not come from your records."
_NOTHING = "I have no answer to that. Please ask again in other words."


async def verify(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Counts a revision, or completes the answer so that it is never empty and never silently cut."""
    if goes_back(state):
        return {"revisions": state["revisions"] + 1}
    answer = answer_of(state)
    ending = _ending(state, answer)
    if ending and not runtime.context.sink.said.text.endswith(ending):
        runtime.context.sink.text(ending)
    return {"answer": [answer + ending], "stopped": []}


def goes_back(state: TurnState) -> bool:
    """Whether the draft was stopped and may be sent back to the model."""
    return bool(state["stopped"]) and state["revisions"] < MAX_REVISIONS


def _ending(state: TurnState, answer: str) -> str:
    if state["stopped"]:
        return f" {_WITHHELD}" if answer.strip() else _WITHHELD
    return "" if answer.strip() else _NOTHING
