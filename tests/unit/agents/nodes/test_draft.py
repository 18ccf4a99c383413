"""What a person reads of a draft that was sent back, or that the model could not end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agents.models.port import Cut, ModelEvent, ModelRequest, Tell, TextDelta
from tests.support.turns import turn


class Saying:
    """Says one draft after the other, the last one again."""

    name = "saying-1"

    def __init__(self, *drafts: Sequence[ModelEvent | str]) -> None:
        self._drafts = list(drafts)

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        draft = self._drafts.pop(0) if len(self._drafts) > 1 else self._drafts[0]
        for one in draft:
            tell(TextDelta(one) if isinstance(one, str) else one)


WRONG = ["You are ", "doing well. ", "You have ₹99,999. ", "Bye."]
WITHHELD = "I left a sentence out here, because its figures did not come from your records."


@pytest.mark.parametrize(
    ("second", "read"),
    [
        (["You are doing", " well. You have", " enough."], "You are doing well. You have enough."),
        (["You have", " enough."], "You are doing well. You have enough."),
        (["You are rich."], "You are doing well. You are rich."),
        (WRONG, f"You are doing well. {WITHHELD}"),
        (["You are"], "You are doing well. "),
    ],
)
async def test_what_was_read_is_not_said_again(second: list[str], read: str) -> None:
    assert (await turn(Saying(WRONG, second), [])).ear.answer == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (["It goes ", "on and", Cut("length")], "cut off here"),
        (["I will ", Cut("content_filter")], "in other words"),
        ([Cut("content_filter")], "in other words"),
        ([Cut("length")], "I have no answer"),
    ],
)
async def test_an_answer_that_is_not_all_says_so(said: list[ModelEvent | str], read: str) -> None:
    answer = (await turn(Saying(said), [])).ear.answer
    assert read in answer
    assert answer.startswith("".join(one for one in said if isinstance(one, str)))
