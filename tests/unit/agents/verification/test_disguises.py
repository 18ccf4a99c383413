"""However a figure is written and however its text arrives: an invented one never passes, a true one always."""

from __future__ import annotations

from datetime import date

import pytest

from agents.verification.evidence import Evidence
from agents.verification.gate import FigureGate
from tests.unit.agents.verification.disguises import LIES, TRUTHS

WIDTHS = 1, 2, 3, 7, 1000
FACTS = {
    "total": "22000.00", "count": 3, "balance": "200000.00", "share_percent": "21.0", "on": "2026-08-19",
    "payee": "AT&T",
}  # fmt: skip


def passed(text: str, width: int) -> tuple[str, list[str]]:
    """What comes through of a text in pieces of this width, up to where a figure stopped it."""
    known = Evidence(date(2026, 11, 24))
    known.add_call("call_1_1", {}, FACTS)
    gate = FigureGate(known)
    shown = ""
    for start in range(0, len(text), width):
        passage = gate.feed(text[start : start + width])
        shown += passage.text
        if passage.unverified:
            return shown, [figure.text for figure in passage.unverified]
    passage = gate.end()
    return shown + passage.text, [figure.text for figure in passage.unverified]


@pytest.mark.parametrize("lie", LIES)
def test_an_invented_figure_is_stopped(lie: str) -> None:
    for width in WIDTHS:
        shown, stopped = passed(f"Look here. {lie} More", width)
        assert stopped, (width, shown)


@pytest.mark.parametrize("truth", TRUTHS)
def test_a_true_figure_passes(truth: str) -> None:
    for width in WIDTHS:
        assert passed(truth, width) == (truth, []), width
