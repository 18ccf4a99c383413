"""A thousand turns of a model that invents its figures, and a thousand of one that tells what the tools gave."""

from __future__ import annotations

from random import Random

import orjson
import pytest
from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.models.port import ModelRequest, Tell, TextDelta
from agents.nodes.reason import reason
from agents.nodes.verify import verify
from agents.state import TurnState
from tests.support.telling import Facts, other_facts, random_facts, tell
from tests.support.turns import Ear, context_of

TURNS = 1000


class Says:
    """Says each text once, in pieces of any size; the last one again."""

    name = "says"

    def __init__(self, random: Random, *texts: str) -> None:
        self._random = random
        self._texts = list(texts)

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        text = self._texts.pop(0) if len(self._texts) > 1 else self._texts[0]
        while text:
            length = self._random.randrange(1, 14)
            tell(TextDelta(text[:length]))
            text = text[length:]


async def answered(model: Says, facts: Facts) -> tuple[TurnState, Ear]:
    """The end of a turn whose tools have given these facts: reason and verify as the graph's edges have it."""
    ear = Ear()
    runtime: Runtime[TurnContext] = Runtime(context=context_of(model, ear))
    call = {"id": "call_1_1", "type": "function", "function": {"name": "get", "arguments": "{}"}}
    state: TurnState = {
        "context": [],
        "turn": [
            {"role": "user", "content": "How am I doing?"},
            {"role": "assistant", "content": None, "tool_calls": [call]},  # type: ignore[list-item]
            {"role": "tool", "tool_call_id": "call_1_1", "content": orjson.dumps(facts.result()).decode()},
        ],
        "rounds": 1,
        "answer": "",
        "stopped": [],
        "revisions": 0,
    }
    while True:
        state |= await reason(state, runtime)
        state |= await verify(state, runtime)
        if not state["stopped"]:
            return state, ear


@pytest.mark.parametrize("sentences", [1, 4])
async def test_an_inventing_model_gets_no_figure_through(sentences: int) -> None:
    random = Random(sentences)
    for _ in range(TURNS // 2):
        facts = random_facts(random)
        drafts = [tell(random, other_facts(random, facts), sentences) for _ in range(2)]
        state, ear = await answered(Says(random, *(text for text, _ in drafts)), facts)
        said = state["answer"]
        assert said == ear.answer
        assert "left a sentence out" in said
        shown = said.split()
        for text, figures in drafts:
            assert not [figure for figure in figures if figure.split()[0] in shown], (text, said)


@pytest.mark.parametrize("sentences", [1, 4])
async def test_a_truthful_model_loses_nothing(sentences: int) -> None:
    random = Random(100 + sentences)
    for _ in range(TURNS // 2):
        facts = random_facts(random)
        text, figures = tell(random, facts, sentences)
        state, ear = await answered(Says(random, text), facts)
        assert state["answer"] == text == ear.answer
        assert len(state["citations"]) >= len(figures)


async def test_true_sentences_stand_and_the_first_false_one_ends_the_draft() -> None:
    random = Random(7)
    for _ in range(100):
        facts = random_facts(random)
        truth, _ = tell(random, facts, 2)
        lie, _ = tell(random, other_facts(random, facts), 1)
        state, _ = await answered(Says(random, f"{truth} {lie} {truth}", f" {lie}"), facts)
        assert state["answer"].startswith(f"{truth} ")
        assert lie not in state["answer"]
