"""What is remembered of the person."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.memory.which_memory import LIST_MEMORIES, NOTHING
from agents.models.offline.rendering import bullets
from agents.models.offline.results import Results

_CUES: Final = re.compile(
    r"\bwhat you remember\b|\bwhat (?:all )?(?:do|did|have|are) (?:you|i) (?:all )?(?:remember\w*|told you|"
    r"asked? you to remember|know)\b"
    r"(?=[^?]*(?:\bme\b|\bmy\b|remember|told))|"
    r"\b(?:show|list|tell|see)\b[^?]*\b(?:memor(?:y|ies)|(?:you )?remember(?:ed)?)\b|\bmy memories\b|"
    r"\bwhat (?:is|have you) remembered\b|\bdo you remember (?:anything|something|what i)\b|"
    r"\bremember what\b|\bremembered what\b"
)


def _answer(_: Frame, results: Results) -> str:
    memories = results.of(LIST_MEMORIES).rows("memories")
    if not memories:
        return NOTHING
    return f"This is what you asked me to remember:\n\n{bullets(one.text('text') for one in memories)}"


INTENT: Final = Intent(
    name="recall",
    recognises=lambda mentions: bool(_CUES.search(mentions.text)),
    calls=lambda _frame, _results: (LIST_MEMORIES,),
    answer=_answer,
    carries=False,
)
