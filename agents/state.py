"""The state of a turn's graph: all that is needed to go on after a crash, as plain JSON-like values."""

from __future__ import annotations

import operator
from typing import Annotated, Any, TypedDict

from agents.models.port import Message


class TurnState(TypedDict, total=False):
    """`context` (system prompt and earlier turns) is written once; `turn` grows by the messages of this turn.

    `answer` is the text the person has been shown (see `answer_of`), `citations` where its figures came from.
    `stopped` holds the figures that no tool had given and that stopped the draft; `revisions` counts how often a draft
    was sent back for that.
    """

    context: list[Message]
    turn: Annotated[list[Message], operator.add]
    rounds: int
    answer: list[str]
    citations: Annotated[list[dict[str, Any]], operator.add]
    stopped: list[str]
    revisions: int
    tools_called: Annotated[list[str], operator.add]
    prompt_tokens: Annotated[int, operator.add]
    completion_tokens: Annotated[int, operator.add]


def answer_of(state: TurnState) -> str:
    """The answer so far.

    It is kept as a list of one: a saver stores bare strings beside its serializer, which would be unencrypted.
    """
    return "".join(state["answer"])
