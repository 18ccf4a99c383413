"""Whether two names are of one bank: Fi, statements and people write them in full, cut short or as initials."""

from __future__ import annotations

import re
from typing import Final

_NOT_WORDS: Final = re.compile(r"[^a-z0-9]+")
_NO_PART_OF_A_NAME: Final = frozenset({"the", "ltd", "limited"})
_LITTLE_WORDS: Final = frozenset({"of", "and"})
# Fewer letters begin the names of several banks, and this word begins many.
_SHORTEST: Final = 3
_BANK: Final = "bank"


def same_bank(bank: str, institution: str) -> bool:
    """Equal, one the beginning of the other (HDFC, HDFC Bank), or its initials (SBI, State Bank of India)."""
    one, other = _words(bank), _words(institution)
    letters, others = "".join(one), "".join(other)
    if not letters or not others:
        return False
    short, long = sorted((letters, others), key=len)
    if short == long or (len(short) >= _SHORTEST and short != _BANK and long.startswith(short)):
        return True
    return letters in _initials(other) or others in _initials(one)


def _words(name: str) -> list[str]:
    return [word for word in _NOT_WORDS.sub(" ", name.casefold()).split() if word not in _NO_PART_OF_A_NAME]


def _initials(words: list[str]) -> set[str]:
    """With and without the little words: BOB of Bank of Baroda, SBI of State Bank of India."""
    if len(words) < _SHORTEST:
        return set()
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _LITTLE_WORDS)}
