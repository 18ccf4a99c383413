"""What the offline model says of any tool's result passes the gate: its figures are the tool's own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.integration.agents.offline.households import Family
from tests.integration.agents.offline.wealth import Rich
from tests.unit.agents.models.offline.test_every_tool import CATALOGUE, PHRASINGS
from tools.tool import Effect

READS = {
    name: [text for part in said.values() for text in part]
    for name, said in PHRASINGS.items()
    if CATALOGUE[name].effect is Effect.READ
}
NEVER = ("left a sentence out", "could not read")


@pytest.mark.parametrize(("tool", "questions"), READS.items(), ids=list(READS))
async def test_the_answers_of_a_tool_are_said_in_full(
    families: list[Family], rich: Rich, tool: str, questions: Sequence[str]
) -> None:
    for family in (families[0], rich[0][0]):
        for question in questions:
            reply = await family.talk([question])
            assert reply.text
            assert not [words for words in NEVER if words in reply.text], (tool, question, reply.text)
