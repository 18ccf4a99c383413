"""Messages that put right what was said before: "no, I meant October", "not rent, groceries"."""

from __future__ import annotations

import re
from typing import Final

_CORRECTION: Final = re.compile(
    r"^(?:(?:no|nope|nah|sorry|oops|wait|actually|not that|i mean|i meant|i said|rather|instead|"
    r"correction)\b[,.:!]*\s*(?:but\s+)?)+"
)
_REJECTED: Final = re.compile(
    r"^not (?:the |in |on |for )*[\w' ]+?(?:,| but) (?:i (?:meant|mean|said) )?(?=\w)|,? (?:and )?not [\w' ]+$"
)


def without_correction(question: str) -> tuple[str, bool]:
    """What is meant, without the words that only say that it is a correction, and whether there were any."""
    corrected = _CORRECTION.sub("", question.lower())
    if not (len(corrected) < len(question) and corrected) and not _REJECTED.search(corrected):
        return question, False
    rest = question[len(question) - len(corrected) :]
    return _REJECTED.sub("", rest) or rest, True
