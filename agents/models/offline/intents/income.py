"""What came in: salary, interest and other income."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.flow_answers import calls_of, flow_answer
from agents.models.offline.flows import INCOME
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.shapes import Shape, flow_shape

INCOME_CATEGORIES: Final = frozenset({"salary", "interest", "other_income"})
_CUES: Final = re.compile(
    r"\bincomes?\b|\bearn(?:ed|ing|ings)?\b|\breceived?\b|\bcredited\b|\bg[eo]t paid\b|\bam i paid\b|"
    r"\bgetting paid\b|\bpaid me\b|\bpays? me\b|\b(?:sent|gave|transferred) (?:me|us)\b|"
    r"\b(?:did|has|have)\b[^?]*\b(?:send|sent|paid|give|given|transfer(?:red)?) (?:me|us)\b|"
    r"\bc[oa]me in(?:to)?\b|\bcoming in\b|\binflows?\b|"
    r"\b(?:did|do|have|does) (?:i|we) (?:make|made)\b|\bbonus\b|\bmoney (?:in|from)\b|\bsources? of (?:money|"
    r"income)\b"
)
SPENT: Final = re.compile(r"\b(?:spen[dt]\w*|goes|go|going|gone|went|paid for|used)\b")


def _recognises(mentions: Mentions) -> bool:
    if not mentions.says(_CUES):
        return bool(mentions.categories) and set(mentions.categories) <= INCOME_CATEGORIES and not mentions.says(SPENT)
    share_of_income = flow_shape(mentions) is Shape.SHARE and bool(mentions.subjects)
    return not share_of_income and not mentions.says(SPENT)


INTENT: Final = Intent(
    name="income",
    recognises=_recognises,
    calls=lambda frame, results: calls_of(INCOME, frame, results),
    answer=lambda frame, results: flow_answer(INCOME, frame, results),
    by_account=True,
)
