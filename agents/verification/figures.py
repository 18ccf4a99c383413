"""Finding the figures in a text: amounts, percentages, counts and dates, in digits and in words."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from itertools import pairwise
from typing import Final

from agents.verification.dates import find_dates
from agents.verification.european_numbers import find_european
from agents.verification.figure import Figure, FigureKind
from agents.verification.indian_numbers import ENDINGS
from agents.verification.number_vocabulary import LOOSE_SCALES, PERCENT, RUPEES, STANDS_FOR, is_glued, is_unread_scale
from agents.verification.ordinals import find_ordinals
from agents.verification.spelled import find_spelled
from agents.verification.spoken import Spoken, find_spoken
from agents.verification.writing import JOINED, LETTER, disguises, folded, letters, words

_SCALES: Final = {
    "k": Decimal(1000),
    "thousand": Decimal(1000),
    "lakh": Decimal(100_000),
    "lakhs": Decimal(100_000),
    "lac": Decimal(100_000),
    "lacs": Decimal(100_000),
    "l": Decimal(100_000),
    "m": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "b": Decimal(1_000_000_000),
    "bn": Decimal(1_000_000_000),
    "billion": Decimal(1_000_000_000),
    "crore": Decimal(10_000_000),
    "crores": Decimal(10_000_000),
    "cr": Decimal(10_000_000),
}
_CURRENCY: Final = r"(?:₹|\bRs\.?|\bINR|\$|€|£)"
_NUMBER: Final = re.compile(
    rf"(?:(?P<currency>{_CURRENCY})\s?[-−]?|(?<!\w)(?<!\d\.))"
    r"(?P<digits>\d{1,3}(?:[\u00a0\u2009\u202f'’]\d{3})+(?!\d)|\d{1,3}(?: 0\d\d)+(?!\d)|"
    r"\d(?:[\d,]|\{,\}(?=\d\d))*(?:\.\d+)?|\.\d+)"
    r"(?:\s?(?P<percent>%|٪|per ?cent\b|p\.c\.)|\s?(?P<scale>lakhs?|lacs?|crores?|thousand|million|billion|cr|mn|bn|"
    r"k|l|m|b)\b(?!&)"
    rf"|(?P<ordinal>st|nd|rd|th)\b|x\b|(?P<glued>[^\W\d_](?:\w|{LETTER})*))?",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(rf"\s?(%|{LETTER}+)(?:\s(cent)\b)?")
_SIDE_BY_SIDE: Final = re.compile(rf"{JOINED.pattern}|[._·|/]")
_BEFORE: Final = re.compile(rf"{_CURRENCY}\s?$", re.IGNORECASE)
_NOT_A_DIGIT: Final = re.compile(r"[^\d.]")
_ITEM: Final = re.compile(r"(?m)^\s*(?:[-*•]\s)?(\d{1,2})[.)](?=\s+\S)")
# Names of provisions and forms that have digits in them; they claim nothing about anybody's money.
_LABEL: Final = re.compile(
    r"\b(?:section|sec\.?|u/s|form|schedule)\s\d{1,3}[A-Z]{0,4}(?:\(\w{1,3}\))*"
    r"|\b80[A-Z]{1,4}\b(?:\(\w{1,3}\))*|\b26AS\b|\b15[GH]\b",
    re.IGNORECASE,
)


def find_figures(written: str) -> list[Figure]:
    """Every figure of the text in order. Numbers of a list are ITEMs; digits glued to letters are UNREADABLE."""
    text = folded(written)
    labels = [(match.start(), match.end()) for match in _LABEL.finditer(text)]
    figures = [_item(match) for match in _ITEM.finditer(text)]
    taken = labels + [(figure.start, figure.end) for figure in figures]
    dates = [figure for figure in find_dates(text) if not _overlaps(figure.start, figure.end, taken)]
    taken += [(figure.start, figure.end) for figure in dates]
    ordinals = [figure for figure in find_ordinals(text) if not _overlaps(figure.start, figure.end, taken)]
    taken += [(figure.start, figure.end) for figure in ordinals]
    digits = [
        _number(match) for match in _NUMBER.finditer(text) if not _overlaps(match.start("digits"), match.end(), taken)
    ]
    spoken = [one for one in find_spoken(text) if not _overlaps(one.start, one.end, taken)]
    figures += dates + ordinals + _merged(text, digits, spoken) + _unreadable(text, spoken)
    return sorted((_as_written(figure, written) for figure in figures), key=lambda figure: figure.start)


def _as_written(figure: Figure, written: str) -> Figure:
    text = written[figure.start : figure.end]
    return figure if text == figure.text else dataclasses.replace(figure, text=text)


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _item(match: re.Match[str]) -> Figure:
    start, end = match.span(1)
    return Figure(text=match[1], start=start, end=end, kind=FigureKind.ITEM, value=Decimal(match[1]))


def _number(match: re.Match[str]) -> Figure:
    digits = _NOT_A_DIGIT.sub("", match["digits"].rstrip(","))
    scale = _SCALES[match["scale"].lower()] if match["scale"] else Decimal(1)
    lead = len(match[0]) - len(match[0].lstrip())
    trail = len(match["digits"]) - len(match["digits"].rstrip(",")) if match.end() == match.end("digits") else 0
    attached = _is_attached(match["glued"])
    start, end = match.start() + lead, match.end("digits") if attached else match.end() - trail
    in_money = bool(match["currency"]) or _unit(match.string, end) in RUPEES
    if match["glued"] and not attached:
        kind = FigureKind.UNREADABLE
    elif match["percent"] or _unit(match.string, end) in PERCENT:
        kind = FigureKind.PERCENT
    elif match["ordinal"]:
        kind = FigureKind.ORDINAL
    else:
        kind = FigureKind.AMOUNT if in_money or match["scale"] else FigureKind.NUMBER
    return Figure(
        text=match.string[start:end],
        start=start,
        end=end,
        kind=kind,
        value=Decimal(digits) * scale,
        step=Decimal(1).scaleb(-len(digits.partition(".")[2])) * scale,
        in_money=in_money,
    )


def _is_attached(glued: str | None) -> bool:
    """Whether letters right behind digits are an ending or a unit that is written so in its script: ৩টি, ২০০টাকা."""
    if not glued or glued.isascii():
        return False
    word = letters(glued)
    return word in ENDINGS or STANDS_FOR.get(word) in RUPEES | PERCENT


def _merged(text: str, digits: list[Figure], spoken: list[Spoken]) -> list[Figure]:
    """Digits and words together: "2 lakh 50 thousand" is one figure, or else its parts."""
    figures = list(digits)
    for one in spoken:
        inside = [figure for figure in figures if figure.start < one.end and one.start < figure.end]
        if len(inside) == 1 and inside[0].end >= one.end:
            continue
        figures = [figure for figure in figures if figure not in inside]
        figures.append(_spoken(text, one, tuple(inside)))
    return figures


def _spoken(text: str, one: Spoken, inside: tuple[Figure, ...]) -> Figure:
    start = min([one.start, *(figure.start for figure in inside)])
    unit = _unit(text, one.end)
    in_money = unit in RUPEES or _BEFORE.search(text[:start]) is not None or any(part.in_money for part in inside)
    if one.share or unit in PERCENT:
        kind = FigureKind.PERCENT
    else:
        kind = FigureKind.AMOUNT if in_money or one.step >= 1000 or one.value >= 100_000 else FigureKind.NUMBER
    parts = inside if len(inside) > 1 else ()
    figure = Figure(text=text[start : one.end], start=start, end=one.end, kind=kind, value=one.value, step=one.step)
    return dataclasses.replace(figure, in_money=in_money, parts=parts)


def _unit(text: str, end: int) -> str:
    """The word that follows, `percent` for its sign and for two words."""
    match = _AFTER.match(text, end)
    if match is None:
        return ""
    word = letters(match[1])
    return "percent" if match[1] == "%" or (word == "per" and match[2]) else STANDS_FOR.get(word, word)


def _unreadable(text: str, spoken: list[Spoken]) -> list[Figure]:
    """Numbers in a form that no truthful one has: in disguise, of words written as one, or digit by digit."""
    spans = disguises(text) + find_spelled(text) + find_european(text)
    spans += [match.span() for match in words(text) if is_glued(letters(match[0]))]
    spans += _unread(text, spoken)
    spans += [
        (first.start, second.end)
        for first, second in pairwise(spoken)
        if max(first.value, second.value) < 10 and _SIDE_BY_SIDE.fullmatch(text[first.end : second.start])
    ]
    return [Figure(text=text[start:end], start=start, end=end, kind=FigureKind.UNREADABLE) for start, end in spans]


def _unread(text: str, spoken: list[Spoken]) -> list[tuple[int, int]]:
    """Sizes of Indian scripts whose number was not read: it is another word than the known ones, or one with them."""
    if text.isascii():
        return []
    alone = [match for match in words(text) if not any(one.start < match.start() < one.end for one in spoken)]
    return [match.span() for match in alone if _is_unread(text, letters(match[0]), match.end())]


def _is_unread(text: str, word: str, end: int) -> bool:
    return is_unread_scale(word) or (not word.isascii() and word in LOOSE_SCALES and _unit(text, end) in RUPEES)
