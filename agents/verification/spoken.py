"""Numbers in words: "two lakh fifty thousand", "one and a half crore", "dedh lakh", "sadhe teen hazaar", "a dozen"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from agents.verification import number_vocabulary as vocabulary
from agents.verification.indian_numbers import DOUBTFUL as DOUBTFUL_INDIAN
from agents.verification.number_vocabulary import BEFORE, DOUBTFUL, FIXED, GROUPS, SCALES, SHARES, SMALL, TENS
from agents.verification.writing import JOINED, letters, words

_DIGITS: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_HINDI_LETTER: Final = re.compile(r"[\u0904-\u0939]")
_NOT_NUMBERS: Final = re.compile(
    r"\b(?:(?:two|three|four)[ -]wheelers?|double[ -](?:check\w*|count\w*|click\w*)|pair(?:ed|ing)|"
    r"(?:first|second|latter|other|better)[ -]half|half[ -]?(?:way|year\w*)|one[ -](?:time|off)s?|"
    r"(?:this|that|the|each|every|per|next|first|second) (?:fortnight|decade|century)|"
    rf"(?:a )?couple of (?:\w+ )?(?:{'|'.join(sorted(vocabulary.SPEECH))})|"
    r"in (?:lakhs?|crores?|lacs?))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in words at a place. `step` is its last place; `share` says that it is a share of a whole."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    share: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    doubtful: bool = False


def find_spoken(text: str) -> list[Spoken]:
    """Every number in words, in order. Numbers in digits are found elsewhere, but may carry a spoken scale here."""
    if not vocabulary.has_number_word(text):
        return []
    spared = [(match.start(), match.end()) for match in _NOT_NUMBERS.finditer(text)]
    return _Reader(text, _tokens(text), spared).read()


def _tokens(text: str) -> list[_Token]:
    """Words and numbers in digits, in order; words of Indian scripts by the Latin ones that they stand for."""
    found = [_token(letters(match[0]), match) for match in words(text)]
    found += [_Token(match[0], match.start(), match.end()) for match in _DIGITS.finditer(text)]
    return sorted(found, key=lambda token: token.start)


def _token(word: str, match: re.Match[str]) -> _Token:
    return _Token(vocabulary.STANDS_FOR.get(word, word), match.start(), match.end(), word in DOUBTFUL_INDIAN)


class _Reader:
    """Reads the longest number from each place on."""

    def __init__(self, text: str, tokens: list[_Token], spared: list[tuple[int, int]]) -> None:
        self._text = text
        self._tokens = tokens
        self._spared = spared
        self._hindi = _HINDI_LETTER.search(text) is not None or any(one.text in vocabulary.HINDI for one in tokens)

    def read(self) -> list[Spoken]:
        found: list[Spoken] = []
        index = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            spoken, used = (None, 0) if self._is_spared(token) else self._number(index)
            if spoken is not None:
                found.append(spoken)
            index += max(used, 1)
        return found

    def _is_spared(self, token: _Token) -> bool:
        return any(start <= token.start < end for start, end in self._spared)

    def _word(self, index: int) -> str:
        """The word at a place that belongs to what comes before it: only spaces and hyphens in between."""
        if not 0 <= index < len(self._tokens):
            return ""
        if index and not JOINED.fullmatch(self._text[self._tokens[index - 1].end : self._tokens[index].start]):
            return ""
        return self._tokens[index].text

    def _number(self, index: int) -> tuple[Spoken | None, int]:
        share = self._share(index)
        if share is not None:
            return share
        begin, word = index, self._tokens[index].text
        if word in {"a", "an"} and self._word(index + 1) in SCALES.keys() | GROUPS.keys():
            index, word = index + 1, self._word(index + 1)
        value, step, after = self._value(index, word)
        if after == index or self._is_pronoun(begin, after):
            return None, 0
        last = self._tokens[after - 1]
        return Spoken(self._tokens[begin].start, last.end, value, step), after - begin

    def _value(self, index: int, word: str) -> tuple[Decimal, Decimal, int]:
        """The number, its last place, and the index after it; the same index when there is none."""
        total, current, step, begin = Decimal(0), None, Decimal(1), index
        limit: Decimal | None = None
        while word:
            small = self._small(index, word, current)
            if small is not None:
                current, step, index = small
            elif (scale := self._scale(word, current)) is not None and (limit is None or scale < limit):
                current = (Decimal(1) if current is None else current) * scale
                step, index = step * scale if step < 1 else scale, index + 1
                if scale > 100:
                    total, current, limit = total + current, None, scale
                    step = scale if step > scale else step
            else:
                break
            index = self._past_and(index)
            word = self._word(index)
        return total + (current or 0), step, self._before_and(index, begin)

    def _scale(self, word: str, current: Decimal | None) -> Decimal | None:
        """The scale that a word is; some are one only after a number."""
        return SCALES.get(word) or (vocabulary.LOOSE_SCALES.get(word) if current is not None else None)

    def _small(self, index: int, word: str, current: Decimal | None) -> tuple[Decimal, Decimal, int] | None:
        """A number below a hundred, or one that goes on from `current`."""
        if word in SMALL or word in TENS:
            value = SMALL.get(word, TENS.get(word, Decimal(0)))
            fits = current is None or current % 100 == 0 or (current % 10 == 0 and value < 10 and word in SMALL)
            if not fits or (current is None and not self._counts(index, word)):
                return None
            return self._decimals(index + 1, (current or Decimal(0)) + value)
        if current is None and word in FIXED and self._counts(index, word):
            after = index + 1 if self._word(index + 1) not in {"a", "an"} else index + 2
            return FIXED[word], Decimal("0.1"), after
        if current is None and word in BEFORE and (number := SMALL.get(self._word(index + 1))) is not None:
            return number + BEFORE[word], Decimal("0.01"), index + 2
        if current is None and word in BEFORE and self._word(index + 1) in SCALES:
            return 1 + BEFORE[word], Decimal("0.01"), index + 1
        if word in GROUPS:
            return (Decimal(1) if current is None else current) * GROUPS[word], Decimal(1), index + 1
        if (
            current is None
            and word[:1].isdecimal()
            and self._word(index + 1) in SCALES.keys() | vocabulary.LOOSE_SCALES
        ):
            digits = word.rstrip(",").replace(",", "")
            return Decimal(digits), Decimal(1).scaleb(-len(digits.partition(".")[2])), index + 1
        return None

    def _decimals(self, index: int, value: Decimal) -> tuple[Decimal, Decimal, int]:
        """The decimals of `two point five`, and the half of `two and a half`."""
        if self._word(index) == "point":
            digits = ""
            while (digit := SMALL.get(self._word(index + 1 + len(digits)))) is not None and digit < 10:
                digits += str(digit)
            if digits:
                return value + Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits)), index + 1 + len(digits)
        if self._word(index) == "and" and self._word(index + 1) == "a" and self._word(index + 2) in {"half", "quarter"}:
            part = Decimal("0.5") if self._word(index + 2) == "half" else Decimal("0.25")
            return value + part, Decimal("0.01"), index + 3
        return value, Decimal(1), index

    def _past_and(self, index: int) -> int:
        """After `and` when a number goes on behind it, as in `two hundred and five`."""
        follows = self._word(index + 1)
        return index + 1 if self._word(index) == "and" and (follows in SMALL or follows in TENS) else index

    def _before_and(self, index: int, begin: int) -> int:
        return index - 1 if index > begin and self._tokens[index - 1].text == "and" else index

    def _counts(self, index: int, word: str) -> bool:
        """Whether a doubtful word is a number here."""
        if word in {"do", "दो"} and self._tokens[index - 1].text in vocabulary.VERBS_BEFORE_DO and index:
            return False
        if self._tokens[index].doubtful:
            return self._beside_unit(index) or self._word(index + 1) in vocabulary.LOOSE_SCALES
        return word not in DOUBTFUL or self._hindi or self._is_unit(self._word(index + 1))

    def _beside_unit(self, index: int) -> bool:
        return self._is_unit(self._word(index + 1)) or (index > 0 and self._is_unit(self._tokens[index - 1].text))

    def _is_unit(self, word: str) -> bool:
        return word in SCALES or word in vocabulary.PERCENT | vocabulary.RUPEES | vocabulary.MULTIPLES

    def _is_pronoun(self, begin: int, after: int) -> bool:
        if after != begin + 1 or self._tokens[begin].text != "one":
            return False
        earlier = self._tokens[begin - 1].text if begin else ""
        follows = self._word(after)
        return earlier in vocabulary.PRONOUN_BEFORE or not follows or follows in vocabulary.PRONOUN_AFTER

    def _share(self, index: int) -> tuple[Spoken, int] | None:
        """Shares of a whole: `half of`, `a third`, `two-thirds`, `tihai`."""
        token = self._tokens[index]
        if token.text in SHARES:
            return Spoken(token.start, token.end, SHARES[token.text], Decimal(1), share=True), 1
        count = Decimal(1) if token.text in {"a", "one"} else SMALL.get(token.text)
        part = vocabulary.FRACTIONS.get(self._word(index + 1))
        if self._word(index + 2) in vocabulary.AFTER_ORDINALS:
            part = None
        if count is not None and part is not None and self._word(index + 1) != "half":
            exact = {33: Decimal(100) / 3}.get(int(part), part) * count
            end = self._tokens[index + 1].end
            return Spoken(token.start, end, exact.quantize(Decimal(1)), Decimal(1), share=True), 2
        is_half = token.text == "half" or (token.text in FIXED and FIXED[token.text] < 1 and not token.doubtful)
        follows = self._word(index + 1 if self._word(index + 1) not in {"a", "an"} else index + 2)
        if is_half and follows not in SCALES.keys() | GROUPS.keys():
            return Spoken(token.start, token.end, Decimal(50), Decimal(1), share=True), 1
        return None
