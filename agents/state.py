"""The state of a turn's graph: all that is needed to go on after a crash, as plain JSON-like values."""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import Annotated, Any, Final, TypedDict, cast, get_type_hints

from agents.models.port import Message


class TurnState(TypedDict, total=False):
    """`context` (system prompt and earlier turns) is written once; `turn` grows by the messages of this turn.

    `answer` is the text the person has been shown, `citations` where its figures came from.
    `stopped` holds the figures that no tool had given and that stopped the draft; `revisions` counts how often a draft
    was sent back for that, `steps` the steps that were told. `cut` says why the model's last words are not all:
    `length`, `content_filter`, or nothing. `models` and `costs` (US dollars as decimal strings) are of each completion
    in turn.
    """

    context: list[Message]
    turn: Annotated[list[Message], operator.add]
    steps: int
    rounds: int
    answer: str
    citations: Annotated[list[dict[str, Any]], operator.add]
    stopped: list[str]
    revisions: int
    cut: str
    tools_called: Annotated[list[str], operator.add]
    prompt_tokens: Annotated[int, operator.add]
    completion_tokens: Annotated[int, operator.add]
    models: Annotated[list[str], operator.add]
    costs: Annotated[list[str], operator.add]


class GraphState(TypedDict):
    """The turn's state as one value: LangGraph's work in a step grows with the number of values, changed or not."""

    whole: TurnState


_ADDED: Final = frozenset(
    name for name, hint in get_type_hints(TurnState, include_extras=True).items() if hasattr(hint, "__metadata__")
)


def merged(earlier: TurnState, later: TurnState) -> TurnState:
    """A state after an update: what is annotated with `operator.add` is added to, the rest replaced."""
    into: dict[str, Any] = {**earlier}
    for name, value in later.items():
        into[name] = into[name] + value if name in _ADDED and name in into else value
    return cast("TurnState", into)


def tokens_of_turn(state: TurnState) -> int:
    """What the turn's completions have taken so far."""
    return state.get("prompt_tokens", 0) + state.get("completion_tokens", 0)


def cost_of(state: TurnState) -> Decimal:
    """US dollars that the turn's completions have cost so far, at list prices."""
    return sum(map(Decimal, state.get("costs", [])), Decimal(0))
