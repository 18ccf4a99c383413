"""Questions about a time whose days the planner does not know, such as a festival: it asks for them."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.lexicon import word_list
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Results

_WORDS: Final = [word.replace("_", " ") for word in word_list("occasions", "occasions")]
_WHEN: Final = re.compile(
    rf"\b(?:between|during|around|over|on|at|for|in|from|till|until|since|before|after|last|this|next)\s+(?:the\s+|last\s+|this\s+|my\s+)*(?P<name>{'|'.join(_WORDS)})\b"
    r"(?! (?:goal|fund|gift))"
    r"|\b(?:since|until|till|before|after)\s+(?:my |the |last |next )*(?P<payday>salary|pay ?day|pay ?check)\b"
    rf"|\b(?P<alone>{'|'.join(_WORDS)}) (?:holidays? )?"
    r"(?:spend(?:ing)?|spent|expenses?|month|weekend|week|season|time|days)\b"
)


def _recognises(mentions: Mentions) -> bool:
    return bool(_WHEN.search(mentions.text)) and not mentions.periods and not mentions.quantities


def _answer(frame: Frame, _: Results) -> str:
    match = _WHEN.search(frame.text)
    name = match["payday"] or (match["name"] or match["alone"]).title() if match else "that"
    return f"Which days do you mean by {name}? Please give me dates, for example the first week of a month."


INTENT: Final = Intent(name="occasion", recognises=_recognises, answer=_answer)
