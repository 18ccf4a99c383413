"""The categories and payees a question is about, found by word and by place ("at X", "paid X", a capital letter)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from agents.models.offline.lexicon import lexicon
from agents.models.offline.text import MASK, mask

Span = tuple[int, int]

# After these a name is expected, whatever its letters; after the others only when it is no everyday phrase.
_STRONG: Final = re.compile(
    r"\b(?:at|from|(?<!how )to|via|with|paid|pay|paying|owe)\s+(?:(?:the|my|our|a|an)\s+)*|"
    r"\b(?:did|has|does)\s+(?=(?!i\b|we\b)[a-z]+(?: [a-z]+)? "
    r"(?:pay|paid|send|sent|give|gave|transfer\w*|refund\w*) (?:me|us)\b)"
)
_WEAK: Final = re.compile(
    r"\b(?:on|for|about|by|towards|excluding|except|excl|without|what about|how about|and|only|just)\s+"
    r"(?:(?:the|my|our|a|an|all|for|at|on|from|to)\s+)*"
)
_NEXT: Final = re.compile(
    r"\s*(?:,|&|\band\b|\bor\b|\bvs\.?|\bversus\b|\bthan\b|\bwith\b)\s+(?:(?:on|at|to|from|for|the|my)\s+)*"
)
_WORD: Final = re.compile(r"[^\W_][\w&.'*-]*")
_EXCLUDING: Final = re.compile(
    r"\b(?:excluding|except(?: for)?|excl\.?|apart from|other than|without|minus|not counting|leaving out|besides)\s+"
    r"(?:(?:the|my|on|for)\s+)*$"
)
# An everyday phrase and no petrol station.
_SHELLED_OUT: Final = re.compile(r"\b(shell) out\b")
_ALSO: Final = re.compile(r"\s*(?:,|,? ?and|,? ?or|&)\s*(?:(?:the|my|on|for)\s+)*")
_LONGEST_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """One category value or one payee as typed; `excluded` for "except rent"."""

    start: int
    end: int
    category: str | None = None
    payee: str | None = None
    excluded: bool = False


def find_subjects(text: str, cased: str) -> list[Subject]:
    """Subjects of a lower-case text whose periods, amounts and accounts are blanked, in order of appearance."""
    found: list[Subject] = []
    text = mask(text, [match.span(1) for match in _SHELLED_OUT.finditer(text)])
    for pattern, strong in ((_STRONG, True), (_WEAK, False)):
        for match in pattern.finditer(text):
            _follow(text, cased, match.end(), strong, found)
    rest = mask(text, [(one.start, one.end) for one in found])
    found += [
        Subject(match.start(), match.end(), payee=cased[match.start() : match.end()])
        for match in lexicon().merchant_pattern.finditer(rest)
    ]
    rest = mask(rest, [(one.start, one.end) for one in found])
    for match in lexicon().category_pattern.finditer(rest):
        category = lexicon().category(match[0])
        if category and not _qualifies_payee(text, match.start(), found):
            found.append(Subject(match.start(), match.end(), category=category))
    rest = mask(rest, [(one.start, one.end) for one in found])
    found.extend(_capitalised(rest, cased))
    return _with_exclusions(text, _without_plain_bills(text, sorted(found, key=lambda one: one.start)))


def _follow(text: str, cased: str, position: int, strong: bool, found: list[Subject]) -> None:
    """Add the subject that stands at `position`, and those joined to it by "and", "or", "vs"."""
    while True:
        if any(one.start <= position < one.end for one in found):
            return
        subject = _subject_at(text, cased, position, strong)
        if subject is None:
            return
        found.append(subject)
        joiner = _NEXT.match(text, subject.end)
        if not joiner:
            return
        position = joiner.end()


def _subject_at(text: str, cased: str, position: int, strong: bool) -> Subject | None:
    merchant = lexicon().merchant_pattern.match(text, position)
    category = lexicon().category_pattern.match(text, position)
    words = _name_words(text, position)
    end = words[-1][1] if words else position
    if category and lexicon().category(category[0]) and category.end() >= max(end, merchant.end() if merchant else 0):
        return Subject(position, category.end(), category=lexicon().category(category[0]))
    if merchant and merchant.end() >= end:
        return Subject(position, merchant.end(), payee=cased[position : merchant.end()])
    if not words:
        return None
    if merchant and all(lexicon().merchant_pattern.fullmatch(text[start:stop]) for start, stop in words):
        return Subject(position, merchant.end(), payee=cased[position : merchant.end()])
    inside = lexicon().category_pattern.search(text[position:end])
    named = cased[position].isupper() and not cased.isupper()
    if inside and not strong and not named:
        start, stop = position + inside.start(), position + inside.end()
        return Subject(start, stop, category=lexicon().category(inside[0]))
    return Subject(position, end, payee=cased[position:end].removesuffix("'s"))


def _name_words(text: str, position: int) -> list[Span]:
    """Spans of the words that can make up a name from `position` on, up to a stopword or a blanked span."""
    spans: list[Span] = []
    while len(spans) < _LONGEST_NAME:
        match = _WORD.match(text, position)
        if not match or _is_stopword(match[0]) or match[0].isdigit():
            break
        end = match.start() + len(match[0].rstrip(".'-"))
        spans.append((match.start(), end))
        if text[end : end + 1] != " " or MASK in text[end : end + 2]:
            break
        position = end + 1
    return spans


def _is_stopword(word: str) -> bool:
    bare = word.rstrip(".,'?!-").removesuffix("'s")
    return bare in lexicon().stopwords or ("'" in word and word.split("'")[0] in lexicon().stopwords)


def _qualifies_payee(text: str, start: int, found: list[Subject]) -> bool:
    """Whether a category word only describes the payee before it, as in "Netflix subscription"."""
    return any(one.payee and text[one.end : start].strip() in ("", "'s") and one.end <= start for one in found)


def _capitalised(rest: str, cased: str) -> list[Subject]:
    """Names by their capital letter: not the first word of a sentence, not a word the planner knows."""
    if cased.isupper():
        return []
    found: list[Subject] = []
    for match in re.finditer(r"(?<=[\w,;:] )[A-Z][\w&.'-]*[\w](?: [A-Z][\w&.'-]*[\w])*", cased):
        words = rest[match.start() : match.end()].split()
        known = MASK in rest[match.start() : match.end()] or any(_is_stopword(word) for word in words)
        if not known and not re.fullmatch(r"i|i'\w+", words[0]):
            found.append(Subject(match.start(), match.end(), payee=match[0].removesuffix("'s")))
    return found


def _without_plain_bills(text: str, found: list[Subject]) -> list[Subject]:
    """The "bill" of "food bill" or "card bill", or the "fees" of the gym, is no category of its own."""
    kept: list[Subject] = []
    for one in found:
        plain = text[one.start : one.end] in ("bill", "bills", "bill payment", "fee", "fees")
        before = text[: one.start].rstrip()
        named = bool(before) and (before.endswith(MASK) or any(other.end == len(before) for other in kept))
        if not (plain and named):
            kept.append(one)
    return kept


def _with_exclusions(text: str, found: list[Subject]) -> list[Subject]:
    """Marks what is left out; "except rent and food" leaves both out."""
    marked: list[Subject] = []
    for one in found:
        joined = bool(marked) and marked[-1].excluded and bool(_ALSO.fullmatch(text[marked[-1].end : one.start]))
        excluded = joined or bool(_EXCLUDING.search(text[: one.start]))
        marked.append(Subject(one.start, one.end, one.category, one.payee, excluded))
    return marked
