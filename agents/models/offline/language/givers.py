"""Who gave: in Hindi the giver bears "ne", so that "Ramesh ne mujhe kitna diya" is about money in, not out."""

from __future__ import annotations

import re
from typing import Final

_GAVE: Final = (
    r"(?:(?:de|bhej) )?(?:diya|diye|diyaa|di|dia|bheja|bheje|bheji|bhejaa|"
    r"(?:transfer|send|credit|return) (?:kiya|kiye|ki|kari))"
)
_WHO: Final = re.compile(
    rf"\b(?:(?:kis|kin|kis kis) ?ne|kinhone)\b(?: (?:mujhe|mujhko|hame|humko))?(?: (?:kitne|kitna|kitni))?"
    rf"(?: (?:paise|paisa|rupaye|rupay|payment|money))? {_GAVE}\b",
    re.IGNORECASE,
)
_GIVER: Final = re.compile(
    rf"(?<!\bmain)(?<!\bhum)(?<!\bham)(?<!\bmai) ne\b(?P<what>(?: (?!ko\b)[\w₹,.]+){{0,5}}?) {_GAVE}\b", re.IGNORECASE
)


def with_givers(text: str) -> str:
    """The text with what somebody gave said as what was received from them."""
    return _GIVER.sub(lambda match: f" se{match['what']} mila", _WHO.sub("from whom received money", text))
