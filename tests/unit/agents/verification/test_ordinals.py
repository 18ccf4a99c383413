"""Ordinals and words for spans of time. The facts: ₹22,000, ₹2,00,000, 3 visits, 21.0 %, 19 Aug 2026."""

from __future__ import annotations

from datetime import date

import pytest

from agents.verification.evidence import Evidence
from agents.verification.figures import find_figures
from tests.unit.agents.verification.test_disguises import WIDTHS, passed


@pytest.mark.parametrize(
    "lie",
    [
        "It was your fourth purchase.", "This was the twelfth time.", "It is your twenty-second payment.",
        "It is the hundredth.", "It was your fourth, I think.", "A fourth visit was free.", "Every fourth day you go.",
        "You go every other day.", "You go every second Sunday.", "You paid it a fortnight ago.", "Two fortnights ago.",
        "In the last decade.", "It took two decades.", "Half a century ago.", "It was three score.", "A trio? No, two.",
        "You spent thousands of rupees.", "You spent hundreds.", "Yeh aapka chautha kharcha tha.", "Paanchvi baar.",
        "Har doosre din.", "यह आपका चौथा खर्च था।", "पाँचवीं बार।", "हर दूसरे दिन।", "A third visit, your fifth.",
        "You went a couple of times.", "A couple of payments.", "Every-other day you go.", "Every  other week.",
        "You go every ot**her day.", "Har-doosre din.", "हर-दूसरे दिन।",
    ],
)  # fmt: skip
def test_an_invented_count_is_stopped(lie: str) -> None:
    for width in WIDTHS:
        shown, stopped = passed(f"Look here. {lie} More", width)
        assert stopped, (width, shown)


@pytest.mark.parametrize(
    "truth",
    [
        "First, look at it. Second, think. Third, act. Fourth: wait.",
        "The first one, the second card, one of your loans.",
        "A couple of things to note, and a couple of quick tips.",
        "A third option is to wait; the fifth point is this.",
        "Third-party cover for a third party. In the fourth quarter.",
        "Your third visit, the third time, a third time, on the nineteenth. The twenty-first payment.",
        "This fortnight, every fortnight, the next decade. Over decades it grows.",
        "Your credit score is a score that is good.",
        "Every month, every single day, every so often. Every otherwise good plan.",
        "Teesri baar. Chauthi baat yeh hai. Teesra, dhyan rakhein. Har mahine.",
        "आपकी तीसरी बार। चौथा विकल्प। हर महीने।",
        "A second-hand car, a second opinion, the second half.",
    ],
)  # fmt: skip
def test_true_counts_and_ordinary_speech_pass(truth: str) -> None:
    for width in WIDTHS:
        assert passed(truth, width) == (truth, []), width


@pytest.mark.parametrize(("text", "path"), [("third-largest", "$.groups[2]"), ("5th largest", None), ("fifth", None)])
def test_an_ordinal_may_be_a_place_in_a_list(text: str, path: str | None) -> None:
    known = Evidence(date(2026, 11, 24))
    known.add_call("call_1_1", {}, {"groups": ["a", "b", "c", "d"]})
    (found,) = [known.cite(figure) for figure in find_figures(f"Your {text} payee.")]
    assert (found[0].path if found else None) == path


def test_what_a_tool_calls_a_length_is_no_list() -> None:
    known = Evidence(date(2026, 11, 24))
    known.add_call("call_1_1", {}, {"by_payee": {"length": "99.00"}, "length": 9})
    (fifth,) = find_figures("Your fifth payee.")
    assert known.cite(fifth) is None


def test_what_comes_every_fortnight_comes_every_other_week() -> None:
    known = Evidence(date(2026, 11, 24))
    known.add_call("call_1_1", {}, {"cadence": "fortnightly"})
    for text in ("You pay it every other week.", "A fortnight apart."):
        assert all(known.cite(figure) for figure in find_figures(text))


def test_what_comes_every_four_weeks_comes_every_28_days() -> None:
    known = Evidence(date(2026, 11, 24))
    known.add_call("call_1_1", {}, {"cadence": "four_weekly"})
    for text in ("You pay it every 28 days.", "You pay it every four weeks."):
        assert all(known.cite(figure) for figure in find_figures(text))


def test_a_count_of_the_question_may_be_repeated_as_an_ordinal() -> None:
    known = Evidence(date(2026, 11, 24))
    known.add_question("When was my seventh order?")
    assert all(known.cite(figure) for figure in find_figures("Your seventh order is not on record."))
