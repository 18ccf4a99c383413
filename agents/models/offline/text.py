"""Normalised text whose positions agree with the person's own spelling, and masks over spans that were understood."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# A longer question is not a question about money; what follows is not read.
LONGEST: Final = 2_000
MASK: Final = "\x00"

_QUOTES: Final = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
)


def clean(text: str) -> str:
    """Compatibility forms folded, typographic quotes and dashes made plain, white space collapsed; case is kept."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_QUOTES).replace(MASK, " ")
    return " ".join(folded.split())


def lower(cleaned: str) -> str:
    """Lower case, character by character, so that the length never changes."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in cleaned)


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans blanked by a character that no word or pattern contains."""
    for start, end in spans:
        text = text[:start] + MASK * (end - start) + text[end:]
    return text


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that finds any of the given ones as whole words."""
    return re.compile(r"(?<![\w])(?:" + "|".join(patterns) + r")(?![\w])")
