"""How steady the income is."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Results

_CUES: Final = re.compile(
    r"\b(?:income|salary|earnings?)\b[^?]*\b(?:stable|steady|regular|consistent|irregular|unstable|volatile|fluctuat\w*|var(?:y|ies))\b|"
    r"\b(?:stable|steady|consistent|regular|stability|steadiness)\b[^?]*\b(?:income|salary|earnings?)\b"
)
_CALL: Final = Call("get_income_stability", {})


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_CALL)
    currency = found.currency
    return (
        f"Your income is {found.text('steadiness').replace('_', ' ')}: the middle month brought "
        f"{money(found.decimal('median'), currency)}, the lowest {money(found.decimal('lowest'), currency)} and the "
        f"highest {money(found.decimal('highest'), currency)}, over {found.integer('months')} months."
    )


INTENT: Final = Intent(
    name="income_steadiness",
    recognises=lambda mentions: bool(_CUES.search(mentions.text)),
    calls=lambda _frame, _results: (_CALL,),
    answer=_answer,
)
