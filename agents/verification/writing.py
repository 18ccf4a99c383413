"""How text can be written so that it reads as something else: unseen characters, look-alikes, markup in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# Vowels and other marks that belong to the letter before them, in the scripts of India and in Arabic letters.
_MARKS: Final = "".join(
    chr(code) for code in (*range(0x64B, 0x671), *range(0x900, 0xD80)) if unicodedata.category(chr(code))[0] == "M"
)
LETTER: Final = rf"(?:[^\W\d_]|[{_MARKS}])"
_COMMAND: Final = r"\\[A-Za-z]{1,12}\{"
_MARKUP: Final = rf"(?:{_COMMAND}|[*_`~\\{{}}]|<[^<>\n]{{0,40}}>|&[a-z]{{2,8}};)"
# A word with the markup around and inside of it, which nobody sees in the end: `se**v**en`, `\text{seven}`.
_WORD: Final = re.compile(rf"(?:{_COMMAND})?{LETTER}+(?:{_MARKUP}+{LETTER}+)*")
_PLAIN_WORD: Final = re.compile(rf"(?:{_COMMAND})?[A-Za-z]+(?:{_MARKUP}+[A-Za-z]+)*")
ONLY_MARKUP: Final = re.compile(rf"(?:{_MARKUP}|<[^<>\n]{{0,40}}|&[a-z]{{0,8}})*")
_INSIDE: Final = re.compile(_MARKUP)
# What keeps no words apart.
JOINED: Final = re.compile(r"[\s\-‐-–]*")
# What is drawn onto the character before it, or not drawn at all, and belongs to no script of India.
_UNSEEN: Final = re.compile(
    "[\u0300-\u036f\u115f\u1160\u1ab0-\u1aff\u1dc0-\u1dff\u180b-\u180d\u20d0-\u20ff\u2800\u3164\ufe00-\ufe0f"
    "\ufe20-\ufe2f\uffa0\U000e0100-\U000e01ef]"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# One number in disguise: digits joined by what is not seen in the end or stands for digits, numerals of Rome, letters
# that look like digits. Nothing that is told truthfully is written like this.
_DISGUISED: Final = re.compile(
    rf"&#x?[\da-f]*;?|\\u[\da-f]{{4}}|\d(?!\{{,\}}\d\d),?(?:(?:{_MARKUP}|\^)+,?)+(?=\d)\d*|\d{{1,3}}\.000\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine)[ -]score\b"
    r"|(?-i:(?<![\w.])(?:[lIO]\d{2,}|[A-Z]?[a-z]{2,}\d{2,}))\b"
    r"|(?-i:(?:(?:₹|\bRs\.?|\bINR)\s?[IVXLCDM]+|\b[IVXLCDM]{1,8}"
    r"(?=\s(?:lakhs?|lacs?|crores?|thousand|hundred|rupees|rs|percent|per cent)\b|\s?%)))\b",
    re.IGNORECASE,
)

# Names of characters that are drawn as a letter of the alphabet: small capitals, in squares and flags, with strokes.
_DRAWN: Final = re.compile(
    r"(?:LATIN|INDICATOR|MODIFIER) .*\b(?:LETTER|CAPITAL|SMALL|DOTLESS|LONG) ([A-Z])(?: WITH .*)?$"
)
# Letters of phonetic alphabets: no name or word of the languages that are told in here has them.
_PHONETIC: Final = re.compile("[\u0180-\u02af\u1d00-\u1dbf\ua720-\ua7ff]")


def visible(text: str) -> str:
    """The text without what nobody sees, which could cut a figure in two: control and format characters, odd marks."""
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    if text.isascii():
        return text
    return _UNSEEN.sub("", "".join(one for one in text if unicodedata.category(one) != "Cf"))


def folded(text: str) -> str:
    """The text in plain letters and digits, of the same length: 𝐭𝐰𝐨 and twó are two, ９ is 9."""
    return text if text.isascii() else "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.decomposition(character).startswith(("<font>", "<wide>", "<narrow>", "<circle>")):
        return unicodedata.normalize("NFKC", character)[:1]
    base = unicodedata.normalize("NFD", character)[0]
    if base.isascii() and base.isalpha():
        return base
    drawn = _DRAWN.search(unicodedata.name(character, ""))
    return drawn[1].lower() if drawn is not None else character


def words(text: str) -> Iterator[re.Match[str]]:
    """Every word with its place; `letters` reads it."""
    return (_PLAIN_WORD if text.isascii() else _WORD).finditer(text)


def letters(word: str) -> str:
    """A word in lower case, without the markup inside of it and in one form of what can be composed."""
    if word.isascii():
        return (word if word.isalpha() else _INSIDE.sub("", word)).lower()
    return unicodedata.normalize("NFC", _INSIDE.sub("", word).lower())


def disguises(text: str) -> list[tuple[int, int]]:
    """Where a number stands in a form that no truthful one has."""
    found = [match.span() for match in _DISGUISED.finditer(text)]
    found += [(index, index + 1) for index in odd_numerals(text)]
    if not text.isascii():
        found += [match.span() for match in words(text) if is_mixed(match[0])]
    return found


def odd_numerals(text: str) -> Iterator[int]:
    """Where numerals stand that are no decimal digits (½, ², 五): nothing that is computed comes in them."""
    for index, one in enumerate("" if text.isascii() else text):
        if not one.isdecimal() and unicodedata.numeric(one, None) is not None:
            yield index


def may_be_mixed(word: str) -> bool:
    """Whether a word that goes on in Latin letters would be mixed: it has letters that are none of India's scripts."""
    return not word.isascii() and not all(one.isascii() or "\u0900" <= one <= "\u0d7f" for one in word)


def is_mixed(word: str) -> bool:
    """Whether letters of several scripts make up one word, as in `nіne` with a Cyrillic letter."""
    if word.isascii():
        return False
    if _PHONETIC.search(word):
        return True
    scripts = {unicodedata.name(one, "").split(" ")[0] for one in _INSIDE.sub("", word) if one.isalpha()}
    return len(scripts) > 1
