"""What a person reads of a draft that was sent back or cut short by a crash, or that the model could not end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agents.models.port import Cut, ModelEvent, ModelRequest, Tell, TextDelta
from agents.nodes.draft import Draft
from agents.runs.events import EventType, frame, parse
from agents.runs.log import LogEntry
from agents.runs.sink import RunSink
from agents.verification.evidence import Evidence
from tests.support.turns import TODAY, turn


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


@pytest.mark.parametrize(
    ("logged", "shown", "again", "read"),
    [
        ("You do well, ", "", ["You do", " well, ", "really."], "You do well, really."),
        ("You do well, ", "", ["You do", " quite well."], "You do well, \n\nYou do quite well."),
        ("You do well, ", "", ["You do"], "You do well, "),
        ("So far. You do well", "So far.", ["You are rich."], "So far. You do well\n\nYou are rich."),
        ("So ", "So far.", ["You do well."], "So far. You do well."),
        ("", "So far.", ["You do well."], "So far. You do well."),
    ],
)
def test_the_log_and_the_answer_say_the_same_after_a_crash(
    logged: str, shown: str, again: list[str], read: str
) -> None:
    entries = [LogEntry(1, frame(1, EventType.TEXT_DELTA, {"delta": logged}))]
    sink = RunSink("r1", lambda _: None, entries)
    draft = Draft(sink, Evidence(TODAY), shown)
    for text in again:
        draft.take(text)
    draft.end()
    said = sink.take()
    entries += [said] if said else []
    assert "".join(event.data["delta"] for entry in entries for event in parse(entry.frames)) == read
    assert draft.shown == read


def test_what_was_cited_before_a_crash_stays_in_the_record() -> None:
    cited = [{"figure": figure, "call_id": "call_1_1", "path": "$.total"} for figure in ("₹1", "₹2")]
    frames = b"".join(frame(seq, EventType.CITATION, data) for seq, data in enumerate(cited, start=1))
    sink = RunSink("r1", lambda _: None, [LogEntry(2, frames)])
    draft = Draft(sink, Evidence(TODAY), cited=cited[:1])
    assert draft.citations == cited[1:]
