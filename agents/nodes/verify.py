"""Decides what becomes of a finished draft: it stands, it goes back once, or it ends with what was withheld said."""

from __future__ import annotations

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.state import TurnState

MAX_REVISIONS = 1
_WITHHELD = "I left a sentence out here, because its figures did not come from your records."
_CUT = "The answer was cut off here, at the model's limit of length. Ask me to go on, or for less at once."
_FILTERED = "The model's provider stopped the answer here. Please ask in other words."
_NOTHING = "I have no answer to that. Please ask again in other words."


async def verify(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Counts a revision, or completes the answer so that it is never empty and never silently cut."""
    if goes_back(state):
        return {"revisions": state["revisions"] + 1}
    answer = state["answer"]
    ending = _ending(state, answer)
    if answer.endswith(ending.lstrip()):
        # Said before a crash.
        return {"stopped": []}
    runtime.context.sink.text(ending)
    return {"answer": answer + ending, "stopped": []}


def goes_back(state: TurnState) -> bool:
    """Whether the draft was stopped and may be sent back to the model."""
    return bool(state["stopped"]) and state["revisions"] < MAX_REVISIONS


def _ending(state: TurnState, answer: str) -> str:
    if state["stopped"]:
        return f" {_WITHHELD}" if answer[-1:].strip() else _WITHHELD
    cut = {"length": _CUT, "content_filter": _FILTERED}.get(state.get("cut", ""), "")
    if not answer.strip():
        return _FILTERED if cut == _FILTERED else _NOTHING
    return f"\n\n{cut}" if cut else ""
