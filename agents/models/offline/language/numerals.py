"""Hindi numerals in Latin letters made into digits: `dhai lakh` is 2.5 lakh, `saadhe teen hazaar` 3.5 thousand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from agents.models.offline.language.phrasebook import Phrasebook, phrasebook


def with_digits(words: Sequence[str]) -> list[str]:
    """The words with numerals replaced where a scale (lakh) or a counted thing (mahine) follows."""
    book = phrasebook()
    written: list[str] = []
    position = 0
    while position < len(words):
        size, text = _numeral(book, [word.lower().strip(",.?!") for word in words[position : position + 4]])
        written.extend(text.split() if size else [words[position]])
        position += size or 1
    return written


def _numeral(book: Phrasebook, words: list[str]) -> tuple[int, str]:
    """How many words make up a numeral at the start, its scale or unit not counted but required, and its digits."""
    fraction = book.fractions.get(words[0])
    used = 1 if fraction else 0
    number = _number(book, words[used]) if len(words) > used else None
    shift = fraction is not None and fraction[0] in "+-"
    if number is not None and (shift or fraction is None):
        used += 1
    elif fraction is None:
        return 0, ""
    following = words[used] if len(words) > used else ""
    if following not in book.scales and not (following in book.units and used):
        return 0, ""
    base = number if number is not None and (shift or fraction is None) else Decimal(1) if shift else Decimal(0)
    value = base + Decimal(fraction or 0)
    if following in book.scales:
        return used + 1, f"{value.normalize():f} {book.scales[following]}"
    return used, f"{value.normalize():f}"


def _number(book: Phrasebook, word: str) -> Decimal | None:
    if word in book.numbers:
        return Decimal(book.numbers[word])
    return Decimal(word) if word.replace(".", "", 1).isdigit() else None
