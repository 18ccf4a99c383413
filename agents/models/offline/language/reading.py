"""A question as it was typed made ready to be read: spelling put right, Hindi in English words."""

from __future__ import annotations

from functools import lru_cache

from agents.models.offline.language.devanagari import in_latin
from agents.models.offline.language.hinglish import to_english
from agents.models.offline.language.typos import with_spelling
from agents.models.offline.text import clean


@lru_cache(maxsize=256)
def readable(question: str) -> str:
    """Plain English for the planner, letter case kept. The same question always reads the same."""
    return to_english(with_spelling(in_latin(clean(question))))
