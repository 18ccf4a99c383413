"""Devanagari written in Latin letters the way people type Hindi, so that one phrase book serves both scripts."""

from __future__ import annotations

import re
from typing import Final

_VOWELS: Final = {
    "अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au", "ऑ": "o",
    "ऋ": "ri",
}  # fmt: skip
_SIGNS: Final = {
    "ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "े": "e", "ै": "ai", "ो": "o", "ौ": "au", "ॉ": "o", "ृ": "ri",
    "ं": "n", "ँ": "n", "ः": "", "़": "",
}  # fmt: skip
_CONSONANTS: Final = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "च": "ch", "छ": "chh", "ज": "j", "झ": "jh", "ट": "t", "ठ": "th", "ड": "d",
    "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n", "प": "p", "फ": "f", "ब": "b", "भ": "bh",
    "म": "m", "य": "y", "र": "r", "ल": "l", "व": "v", "श": "sh", "ष": "sh", "स": "s", "ह": "h", "ङ": "n", "ञ": "n",
}  # fmt: skip
# Words that the letters alone would make into others, and English ones.
_WHOLE: Final = {"साल": "saal", "नेट": "net", "वर्थ": "worth", "बैंक": "bank", "लोन": "loan", "टैक्स": "tax"}
_HALANT: Final = "\u094d"
_RUN: Final = re.compile(r"[\u0900-\u097f]+")
_DIGITS: Final = str.maketrans("०१२३४५६७८९", "0123456789")


def in_latin(text: str) -> str:
    """The text with every Devanagari word in Latin letters; digits become digits."""
    if not _RUN.search(text):
        return text
    return _RUN.sub(lambda match: _word(match[0].translate(_DIGITS)), text).replace("।", ".")


def _word(word: str) -> str:
    """The vowel that a consonant carries is not spoken at the end of a word, nor before a long vowel's syllable."""
    if word in _WHOLE:
        return _WHOLE[word]
    sounds: list[tuple[str, bool]] = []
    for letter in word:
        if letter in _CONSONANTS:
            sounds.append((_CONSONANTS[letter], True))
        elif letter == _HALANT and sounds:
            sounds[-1] = (sounds[-1][0], False)
        elif letter in _SIGNS:
            base = sounds[-1][0] if sounds else ""
            sounds[-1:] = [(base + _SIGNS[letter], sounds[-1][1] if letter in "ंँ़" and sounds else False)]
        else:
            sounds.append((_VOWELS.get(letter, letter), False))
    return "".join(sound + ("a" if _spoken(sounds, index) else "") for index, (sound, _) in enumerate(sounds))


def _spoken(sounds: list[tuple[str, bool]], index: int) -> bool:
    sound, bare = sounds[index]
    if not bare or index == len(sounds) - 1:
        return False
    following = sounds[index + 1]
    dropped = index > 0 and not following[1] and following[0][:1] not in "aeiou" and sound[:1] not in "aeiou"
    return not (dropped and (not sounds[index - 1][1] or sounds[index - 1][0][-1:] in "aeiou"))
