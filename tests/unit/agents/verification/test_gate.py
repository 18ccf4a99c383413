"""Sentences pass when their figures hold, text without figures at once."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agents.verification.evidence import Evidence
from agents.verification.gate import FigureGate, Passage

TRUE = "You spent ₹500.00 on fuel, over 3 visits. That is all. It was ₹500 in all!"


def gate() -> FigureGate:
    known = Evidence(date(2026, 11, 24))
    known.add_call("call_1_1", {}, {"total": "500.00", "count": 3})
    return FigureGate(known)


def shown(passages: list[Passage]) -> str:
    return "".join(passage.text for passage in passages)


def test_text_without_figures_passes_at_once() -> None:
    assert gate().feed("Let me look that up for you").text == "Let me look that up for you"


def test_a_figure_is_held_until_its_sentence_ends() -> None:
    passing = gate()
    assert passing.feed("You spent ₹50").text == "You "
    assert passing.feed("0.00 on fuel").text == ""
    last = passing.feed(". And")
    assert last.text == "spent ₹500.00 on fuel. And"
    assert [citation.figure for citation in last.citations] == ["₹500.00"]


def test_a_sentence_with_a_false_figure_never_passes() -> None:
    passing = gate()
    passages = [passing.feed("You spent ₹500.00. "), passing.feed("You also spent ₹999.00 on tea. More"), passing.end()]
    assert "999" not in shown(passages)
    assert "₹500.00" in shown(passages)
    assert [figure.text for passage in passages for figure in passage.unverified] == ["₹999.00"]


@given(st.lists(st.integers(min_value=1, max_value=len(TRUE) - 1), max_size=12))
def test_however_the_text_is_cut_it_comes_out_whole(cuts: list[int]) -> None:
    passing = gate()
    edges = [0, *sorted(set(cuts)), len(TRUE)]
    passages = [passing.feed(TRUE[start:end]) for start, end in pairwise(edges)]
    passages.append(passing.end())
    assert shown(passages) == TRUE == passing.released
    assert [citation.figure for passage in passages for citation in passage.citations] == ["₹500.00", "3", "₹500"]


@given(st.integers(min_value=4, max_value=10**9), st.integers(min_value=1, max_value=30))
def test_an_invented_amount_never_passes(amount: int, width: int) -> None:
    text = f"Your balance is ₹{amount}. Rest assured."
    passing = gate()
    passages = [passing.feed(text[start : start + width]) for start in range(0, len(text), width)]
    passages.append(passing.end())
    first = next((index for index, passage in enumerate(passages) if passage.unverified), None)
    if amount != 500:
        assert first is not None
        assert str(amount) not in shown(passages)
