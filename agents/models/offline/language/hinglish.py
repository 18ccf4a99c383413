"""Hindi-English mixed questions made into the English that the planner reads.

Word order is left as it is, which the planner does not mind; only postpositions are moved before what they follow:
`Ramesh ko kitna diya` becomes `to Ramesh how much paid`. Names and figures are never changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from agents.models.offline.language.givers import with_givers
from agents.models.offline.language.numerals import with_digits
from agents.models.offline.language.phrasebook import NUMBER, Translation, phrasebook
from agents.models.offline.lexicon import lexicon

_EDGES: Final = re.compile(r"^(?P<before>[^\w₹@#]*)(?P<word>.*?)(?P<after>[^\w%@#]*)$")
_DIGITS: Final = re.compile(r"\d{1,4}")
_AMOUNT: Final = r"(?:₹|rs\.? ?)?\d[\d,.]*(?: ?(?:k|hundred|thousand|lakh|crore)s?)?(?: (?:rupees|rs))?"
_DATE: Final = (
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|"
    r"nov\w*|dec\w*)"
    r"(?: 20\d\d)?|20\d\d|(?:this|last|next) (?:month|week|year)"
)
# What is clearer on the finished text than by its words.
_POLISH: Final = (
    (re.compile(rf"\b({_AMOUNT}) @from ({_AMOUNT}) @between(?: @of)?", re.IGNORECASE), r"between \1 and \2"),
    (re.compile(rf"\b({_DATE}) @from ({_DATE}) @between(?: @of)?", re.IGNORECASE), r"from \1 to \2"),
    (re.compile(rf"\b({_AMOUNT}) (?:@from|than) (?:more|@on|above|over)(?! \w+ @)", re.IGNORECASE), r"over \1"),
    (re.compile(rf"\b({_AMOUNT}) (?:@from|than) (?:less|@in|below)", re.IGNORECASE), r"under \1"),
    (re.compile(rf"\b({_DATE}) @from ((?:\S+ ){{0,4}}?)(more|less)\b", re.IGNORECASE), r"\2\3 than \1"),
    (re.compile(rf"\b(more|less) ((?:\S* ){{0,6}}?)({_DATE}) @from", re.IGNORECASE), r"\1 \2than \3"),
    (re.compile(rf"\b({_DATE}) @from ({_DATE}) @by", re.IGNORECASE), r"from \1 to \2"),
    (re.compile(rf"\b({_DATE}) @from", re.IGNORECASE), r"since \1"),
    (re.compile(rf"\b({_DATE}) @by", re.IGNORECASE), r"by \1"),
    (re.compile(r"\b((?:last|next) \d+ (?:years?|months?|days?|weeks?)) @(?:in|by|of)", re.IGNORECASE), r"\1"),
    (re.compile(r"\b(\d+ (?:years?|months?|days?|weeks?)) @(?:in|by)", re.IGNORECASE), r"in \1"),
    (re.compile(r"\b(\d\d) @of age(?: @(?:in|on))?", re.IGNORECASE), r"at age \1"),
    (re.compile(r"\b(bills?(?: \S+){0,3}?) received\b", re.IGNORECASE), r"\1 paid"),
    (re.compile(r"\bto date( \w+)? @by\b", re.IGNORECASE), r"to date\1"),
)
_LONGEST_RUN: Final = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    movable: bool = False


def is_hinglish(text: str) -> bool:
    """Whether a question has Hindi in it."""
    words = [word.strip(".,?!'\"") for word in text.split()]
    markers = phrasebook().markers
    return any(word.lower() in markers and (word.islower() or not index) for index, word in enumerate(words)) or any(
        word.lower() in phrasebook().fractions for word in words
    )


def to_english(text: str) -> str:
    """The text in English word for word; unchanged when there is no Hindi in it."""
    if not is_hinglish(text):
        return text
    pieces = _translated(with_digits(with_givers(text).split()))
    return " ".join(_placed(_polished(pieces)).split())


def _translated(words: list[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    position = 0
    while position < len(words):
        size, translation = _longest_phrase(words, position)
        if translation is None:
            pieces.append(_Piece(words[position], movable=_is_name(words[position])))
        else:
            pieces.append(_in_place(words[position : position + size], translation))
        position += size
    return pieces


def _longest_phrase(words: list[str], position: int) -> tuple[int, Translation | None]:
    book = phrasebook()
    for size in range(min(book.longest, len(words) - position), 0, -1):
        window = words[position : position + size]
        if any(word[-1:] in ",?!;" for word in window[:-1]):
            continue
        bare = [_bare(word).lower() for word in window]
        found = book.phrases.get(tuple(bare)) or book.phrases.get(
            tuple(NUMBER if _DIGITS.fullmatch(word) else word for word in bare)
        )
        if found and not (size == 1 and position and _bare(window[0])[:1].isupper() and not "".join(words).isupper()):
            return size, found
    return 1, None


def _in_place(window: list[str], translation: Translation) -> _Piece:
    numbers = [word for word in window if _DIGITS.fullmatch(_bare(word))]
    english = translation.english.replace(NUMBER, _bare(numbers[0])) if numbers else translation.english
    match = _EDGES.match(window[-1])
    return _Piece(english + (match["after"] if match else ""), movable=translation.noun)


def _bare(word: str) -> str:
    match = _EDGES.match(word)
    return match["word"] if match else word


def _is_name(word: str) -> bool:
    bare = _bare(word).lower()
    known = bare in lexicon().stopwords or bare in phrasebook().scales
    return bool(bare) and not known and not bare[0].isdigit() and bare[0] != "₹"


def _polished(pieces: list[_Piece]) -> list[_Piece]:
    """Amounts and dates with their postpositions; what a rule rewrites is no longer moved."""
    text = " ".join(piece.text for piece in pieces)
    polished = text
    for pattern, replacement in _POLISH:
        polished = pattern.sub(replacement, polished)
    if polished == text:
        return pieces
    movable = {word for piece in pieces if piece.movable for word in piece.text.split()}
    return [_Piece(word, movable=word in movable) for word in polished.split()]


def _placed(pieces: list[_Piece]) -> str:
    """The postpositions moved before the run of names or nouns in front of them; without one they are dropped."""
    placed: list[str] = []
    run = 0
    for piece in pieces:
        bare = piece.text.rstrip(",?!.;")
        if bare.startswith("@"):
            if run and bare != "@of":
                placed.insert(len(placed) - run, bare[1:])
            tail = piece.text[len(bare) :]
            if tail and placed:
                placed[-1] += tail
            run = 0
            continue
        words = piece.text.split()
        placed.extend(words)
        ends = piece.text[-1:] in ",?!;"
        run = min(run + len(words), _LONGEST_RUN) if piece.movable and words and not ends else 0
    return " ".join(placed)
