"""The number words that the gate knows, and whether a piece of text could begin one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from agents.verification import european_numbers, indian_numbers
from agents.verification.indian_numbers import holds_number, may_become_number
from agents.verification.word_tables import load
from agents.verification.writing import JOINED, ONLY_MARKUP, folded, is_mixed, letters, may_be_mixed, words

_DATA: Final[dict[str, Any]] = load("number_vocabulary.toml")


def _decimals(table: str) -> dict[str, Decimal]:
    return {word: Decimal(str(value)) for word, value in _DATA[table].items()}


SMALL: Final = indian_numbers.NUMBERS | _decimals("small") | _decimals("devanagari_small")
TENS: Final = _decimals("tens")
SCALES: Final = _decimals("scales")
# Scales of Indian scripts that are doubtful: unlike others, they need a number before them to be one.
_LOOSE: Final = {
    word: SCALES[meaning]
    for word, meaning in indian_numbers.MEANINGS.items()
    if meaning in SCALES and word in indian_numbers.DOUBTFUL
}
LOOSE_SCALES: Final = _decimals("loose_scales") | _LOOSE
BEFORE: Final = _decimals("before")
FIXED: Final = _decimals("fixed")
GROUPS: Final = _decimals("groups")
SHARES: Final = _decimals("shares")
STANDS_FOR: Final[dict[str, str]] = {
    word: meaning for word, meaning in (indian_numbers.MEANINGS | _DATA["devanagari"]).items() if word not in _LOOSE
}
"""Words of Indian scripts by the Latin ones that mean the same."""
DOUBTFUL: Final = frozenset(_DATA["words"]["doubtful"]) | {word for word, value in _DATA["small"].items() if value > 20}
HINDI: Final = frozenset(_DATA["words"]["hindi"])
PERCENT: Final = frozenset(_DATA["words"]["percent"])
RUPEES: Final = frozenset(_DATA["words"]["rupees"])
PRONOUN_BEFORE: Final = frozenset(_DATA["words"]["pronoun_before"])
PRONOUN_AFTER: Final = frozenset(_DATA["words"]["pronoun_after"])
MULTIPLES: Final = frozenset(_DATA["words"]["multiples"])
VERBS_BEFORE_DO: Final = frozenset(_DATA["words"]["verbs_before_do"])
FRACTIONS: Final = {
    "half": Decimal(50),
    "third": Decimal(33),
    "thirds": Decimal(33),
    "quarter": Decimal(25),
    "quarters": Decimal(25),
    "fourth": Decimal(25),
    "fourths": Decimal(25),
    "fifth": Decimal(20),
    "fifths": Decimal(20),
    "sixth": Decimal(17),
    "seventh": Decimal(14),
    "eighth": Decimal("12.5"),
    "eighths": Decimal("12.5"),
    "ninth": Decimal(11),
    "tenth": Decimal(10),
    "tenths": Decimal(10),
    "hundredth": Decimal(1),
}
_ORDINAL_WORDS: Final = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
ORDINALS: Final = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
_NAMES_OF_MONTHS: Final = """january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec"""
MONTHS: Final = frozenset(_NAMES_OF_MONTHS.split())
_ENDINGS: Final[list[str]] = _DATA["words"]["ordinal_endings"]
PLACES: Final = (
    {word: Decimal(number) for word, number in ORDINALS.items() if number > 2}
    | _decimals("ordinals")
    | {
        word + ending: value
        for word, value in (_decimals("small") | _decimals("devanagari_small")).items()
        if 5 <= value <= 20
        for ending in _ENDINGS
    }
)
"""The ordinals that may state a count."""
SPEECH: Final = frozenset(_DATA["words"]["speech"])
NOT_COUNTED: Final = SPEECH | frozenset(_DATA["words"]["named_by_ordinals"])
EVERY: Final = frozenset(_DATA["words"]["every"])
OTHER: Final = frozenset(_DATA["words"]["other"])
SPANS: Final = frozenset(_DATA["words"]["spans"])
AFTER_ORDINALS: Final = NOT_COUNTED | SPANS
"""What makes "a third" an ordinal and no share: "a third option", "a third time"."""

_UNITS: Final = PERCENT | RUPEES
WORDS: Final = frozenset().union(
    SMALL, TENS, SCALES, LOOSE_SCALES, BEFORE, FIXED, GROUPS, SHARES, FRACTIONS, ORDINALS, PLACES,
    (word for word, meaning in STANDS_FOR.items() if meaning not in _UNITS),
)  # fmt: skip
_INDIAN_SCALES: Final = frozenset(
    word for word in indian_numbers.MEANINGS if word not in _LOOSE and STANDS_FOR[word] in SCALES
)
# Words that begin a figure only with what follows, or may follow when more text arrives: a date's month.
_OPENERS: Final = dict.fromkeys(MONTHS, re.compile(r"\W{0,3}(?:$|\d|the\b)")) | dict.fromkeys(
    european_numbers.OPENING, re.compile("")
)
_PREFIXES: Final = frozenset(word[:length] for word in WORDS | _OPENERS.keys() for length in range(1, len(word) + 1))
_PREFIXES_OF_OTHER: Final = frozenset(word[:length] for word in OTHER for length in range(1, len(word)))
# Number words written as one: "twohundred", "fourfold". What may go on to be one is held as well.
ENGLISH: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|lakhs?|crores?|million"
)
_SHORTEST_GLUED: Final = 5
_GLUED: Final = re.compile(rf"(?:{ENGLISH})(?:(?:{ENGLISH})+(?:fold|rupees)?|fold|rupees)")
_BEGINS_GLUED: Final = re.compile(rf"(?:{ENGLISH})+[a-z]{{1,8}}")


def is_glued(word: str) -> bool:
    """Whether several number words are written as one."""
    return len(word) > _SHORTEST_GLUED and word not in WORDS and _GLUED.fullmatch(word) is not None


def first_number_word(text: str, before: str = "") -> int | None:
    """Where the first word begins that is a number word or opens a figure, or may become one when more text arrives.

    A word that the letter `before` the text began is not a number word, unless it goes on in another script.
    """
    text = folded(text)
    for match in words(text):
        word = letters(match[0])
        if match.start() == 0 and before and not is_mixed(before + word):
            continue
        if word in WORDS or is_glued(word) or is_mixed(word) or holds_number(word):
            return match.start()
        if ONLY_MARKUP.fullmatch(text, match.end()) is not None and _may_go_on(word):
            return match.start()
        if (opens := _OPENERS.get(word)) is not None and opens.match(text, match.end()):
            return match.start()
    return None


def other_words(text: str) -> tuple[int, ...]:
    """Where words begin that state a figure after "every", or may become one of those when more text arrives."""
    text = folded(text)
    return tuple(match.start() for match in words(text) if _is_other(letters(match[0]), text[match.end() :]))


def _is_other(word: str, rest: str) -> bool:
    return word in OTHER or (word in _PREFIXES_OF_OTHER and ONLY_MARKUP.fullmatch(rest) is not None)


def ends_with_every(text: str) -> bool:
    """Whether the last word is "every", and nothing keeps the next one apart from it."""
    found = list(words(text := folded(text)))
    return bool(found) and letters(found[-1][0]) in EVERY and JOINED.fullmatch(text, found[-1].end()) is not None


def _may_go_on(word: str) -> bool:
    return (
        word in _PREFIXES or _BEGINS_GLUED.fullmatch(word) is not None or may_become_number(word) or may_be_mixed(word)
    )


def is_unread_scale(word: str) -> bool:
    """Whether a word of an Indian script says a size that no number before it explains, or is a number not read."""
    return word in _INDIAN_SCALES or (word not in WORDS and holds_number(word))


def has_number_word(text: str) -> bool:
    """Whether any word of the text is a number word."""
    return any(
        (word := letters(match[0])) in WORDS or is_glued(word) or holds_number(word) for match in words(folded(text))
    )
