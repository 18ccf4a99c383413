"""Number words with something between their letters, or digits in place of them: "s e v e n", "f.i.v.e", "s3ven"."""

from __future__ import annotations

import re
from typing import Final

from agents.verification.number_vocabulary import ENGLISH

_BETWEEN: Final = r"(?:[^\w\n]|_){1,3}"
# Letters that stand alone, one after the other; those behind an apostrophe do not.
_APART: Final = re.compile(rf"(?<![^\W_])(?<!['’])[A-Za-z](?![^\W_])(?:{_BETWEEN}[A-Za-z](?![^\W_]))*")
_REST: Final = re.compile(rf"(?:{_BETWEEN})?$")
_NO_LETTER: Final = re.compile(r"[^A-Za-z]")
_NUMBER: Final = re.compile(ENGLISH, re.IGNORECASE)
_WITH_DIGITS: Final = re.compile(r"(?<!\w)(?:\d[A-Za-z]|[A-Za-z]+\d)[A-Za-z\d]*(?!\w)")
_LOOKS: Final = (str.maketrans("0134578", "oieastb"), str.maketrans("0134578", "oleastb"))
# Digits one by one: with spaces between them, or three of them with anything else. "2-3" is a range.
_DIGITS_APART: Final = re.compile(
    r"(?<![\w.,/-])\d(?:(?:[ \u00a0]\d(?!\w|[.,/-]\d))+|(?:[-–_/·|]\d(?!\w)){2,})(?![-–_/·|]\d)"
)


def find_spelled(text: str) -> list[tuple[int, int]]:
    """Where such a number stands. Nothing that is told truthfully is written so."""
    found = [match.span() for match in _APART.finditer(text) if _is_number(match[0])]
    found += [match.span() for match in _WITH_DIGITS.finditer(text) if _looks_like_number(match[0])]
    return found + [match.span() for match in _DIGITS_APART.finditer(text)]


def spelled_start(text: str, *, follows_letter: bool) -> int | None:
    """Where the first number begins whose letters stand apart, or may begin when more text arrives."""
    for match in _APART.finditer(text, 1 if follows_letter else 0):
        if _REST.match(text, match.end()) or _is_number(match[0]):
            return match.start()
    return None


def _is_number(apart: str) -> bool:
    return len(apart) > 2 and _NUMBER.search(_NO_LETTER.sub("", apart)) is not None


def _looks_like_number(word: str) -> bool:
    return any(_NUMBER.fullmatch(word.lower().translate(looks)) for looks in _LOOKS)
