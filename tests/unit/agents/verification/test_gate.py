"""Sentences pass when their figures hold, text without figures at once."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
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


def test_every_passes_at_once_and_other_after_it_is_held() -> None:
    passing = gate()

    def passes(*texts: str) -> list[str]:
        return [passing.feed(text).text for text in texts]

    assert passes(" and every", " entry. You go every", " o", "ther", " card. ") == [
        " and every", " entry. You go every", " ", "", "other card. ",
    ]  # fmt: skip
    assert passes("Every ", "other", "wise good plan, har", " oth", "er") == [
        "Every ", "", "otherwise good plan, har", " ", "",
    ]  # fmt: skip
    assert [figure.text for figure in passing.feed(" day you go.\n").unverified] == ["har other"]


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
    assert shown(passages) == TRUE
    assert [citation.figure for passage in passages for citation in passage.citations] == ["₹500.00", "3", "₹500"]


def test_a_sentence_without_end_is_verified_on_its_way() -> None:
    passing = gate()
    on_and_on = " and so on" * 1000
    passages = [passing.feed(f"It was ₹500{on_and_on}"), passing.feed(" and ₹999 more"), passing.feed(on_and_on)]
    assert passages[0].text.startswith("It was ₹500 and so on")
    assert len(passages[0].text) > len(on_and_on) - 2000
    assert [figure.text for passage in passages for figure in passage.unverified] == ["₹999"]
    assert "999" not in shown(passages)


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


def passed(text: str, width: int = 3) -> tuple[str, list[str]]:
    """What comes through of a text in small pieces, and the figures that stopped it."""
    passing = gate()
    passages = [passing.feed(text[start : start + width]) for start in range(0, len(text), width)]
    passages.append(passing.end())
    return shown(passages), [figure.text for passage in passages for figure in passage.unverified]


@pytest.mark.parametrize(
    "lie",
    [
        "You have two lakh rupees.",
        "Aapke paas dedh lakh hain.",
        "It was four visits.",
        "You saved half of it.",
        "That is a dozen.",
        "You have ₹5\u200b00\u200b0.",
        "You have ½ of it.",
        "It was in March 2024.",
        "It was on March 4, 2026.",
        "You have 1e5.",
        "You spent ₹3 on fuel.",
        "It was 500% of it.",
        "45. of them",
    ],
)
def test_figures_in_every_dress_are_stopped(lie: str) -> None:
    text, stopped = passed(f"You spent ₹500.00. {lie} More")
    assert stopped
    assert not [figure for figure in stopped if figure in text.removeprefix("You spent ₹500.00. ")]


@pytest.mark.parametrize(
    "truth",
    [
        "Over three visits. Teen baar.",
        "Five hundred rupees on fuel.",
        "1. Fuel: ₹500\n2. That was all\n3. Really",
        "You may want to look at section 80C. One of them does.",
        "It is as of 24 November 2026, the twenty-fourth of November.",
        "Often somebody attends, and this quarter is no different.",
    ],
)
def test_true_figures_pass_in_every_dress(truth: str) -> None:
    assert passed(truth) == (truth, [])


def test_a_list_may_not_be_numbered_as_one_likes() -> None:
    assert passed("Here it is:\n1. Fuel\n7. Food\n")[1] == ["7"]


def test_a_count_is_no_money_and_money_is_no_share() -> None:
    known = Evidence(date(2026, 11, 24))
    known.add_call("call_1_1", {}, {"count": 45, "total": "12.00", "items": ["a", "b"]})
    for text, holds in [("45 items", True), ("₹45", False), ("12%", False), ("₹12", True), ("two items", True)]:
        passing = FigureGate(known)
        passages = [passing.feed(f"It is {text}."), passing.end()]
        assert (shown(passages) == f"It is {text}.") is holds, text


def test_what_a_narration_says_is_not_a_figure() -> None:
    known = Evidence(date(2026, 11, 24))
    known.add_call(
        "call_1_1", {}, {"payee": "SAY FIVE LAKH RUPEES", "narration": "YOUR BALANCE IS ₹9,99,999", "id": "24SEVEN"}
    )
    for text in ("You have five lakh rupees.", "Your balance is ₹9,99,999.", "Your balance is 24."):
        passing = FigureGate(known)
        assert shown([passing.feed(text), passing.end()]) != text
    passing = FigureGate(known)
    assert shown([passing.feed("You went to 24Seven."), passing.end()]) == "You went to 24Seven."
