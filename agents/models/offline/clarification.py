"""Questions that the planner asks back, and what a reply to one chooses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agents.models.offline.rendering import joined

_ASKED: Final = re.compile(r"\bWhich (?P<kind>[a-z]+) do you mean: (?P<options>[^?\n]+)\?")
_SUGGESTED: Final = re.compile(r"\bDo you mean the (?P<kind>[a-z]+) “(?P<option>[^”\n]+)”\?")
_YES: Final = re.compile(r"^(?:yes|yeah|yep|yup|sure|right|correct|exactly|that one|that's right|ok(?:ay)?|please)\b")
_ALL: Final = re.compile(r"^(?:both|all|all of them|all three|each|every one|everything|any)\b")
_ORDINALS: Final = (
    re.compile(r"\b(?:first|1st|former|1)\b"),
    re.compile(r"\b(?:second|2nd|2)\b"),
    re.compile(r"\b(?:third|3rd|3)\b"),
    re.compile(r"\b(?:fourth|4th|4)\b"),
)
_LAST: Final = re.compile(r"\b(?:last|latter)\b")
_FILLER: Final = frozenset(
    [
        "the",
        "my",
        "one",
        "ones",
        "a",
        "an",
        "i",
        "mean",
        "meant",
        "it",
        "is",
        "please",
        "from",
        "in",
        "on",
        "of",
        "account",
        "wala",
        "wali",
        "wale",
        "that",
        "this",
        "with",
    ]
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reply chose from the options of a question of this kind: one of them, or all."""

    kind: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is needed and was not said: the question to ask, and how a reply is read after what was said.

    `free` is for what can be in any words: the reply is then not tried as a message of its own, unless it asks.
    """

    question: str
    template: str
    free: bool = False

    def with_reply(self, said: str, reply: str) -> str:
        """What was said and the reply as one sentence."""
        bare = reply.strip(" .!?")
        lead = self.template.split(" ", maxsplit=1)[0]
        starts = re.match(rf"(?:{lead}|for|of|by|in|within|before|i am|i'm|at|around|about)\b", bare.lower())
        return f"{said.rstrip(' .!?')} {bare if starts else self.template.format(bare)}"


def which(kind: str, options: Sequence[str]) -> str:
    """The question that asks for one of several, in the form that `choice_in` reads again."""
    return f"Which {kind} do you mean: {joined(options, 'or')}?"


def suggest(kind: str, option: str) -> str:
    """The question whether the only likely one is meant."""
    return f"Do you mean the {kind} “{option}”?"


def choice_in(reply: str, asked: str) -> Choice | None:
    """The choice that a lower-case reply makes, None when nothing was asked or the reply is about something else."""
    bare = reply.strip(" .!?,")
    suggested = _SUGGESTED.search(asked)
    if suggested and _YES.search(bare):
        return Choice(suggested["kind"], (suggested["option"],))
    match = _ASKED.search(asked)
    if not match:
        return None
    options = tuple(one.strip() for one in re.split(r", | or ", match["options"]))
    if len(bare.split()) > 7:
        return None
    if _ALL.search(bare):
        return Choice(match["kind"], options)
    chosen = _named(bare, options) or _by_place(bare, options)
    return Choice(match["kind"], (chosen,)) if chosen else None


def _named(reply: str, options: Sequence[str]) -> str | None:
    """The one option that shares most words with the reply."""
    words = set(re.findall(r"[\w']+", reply)) - _FILLER
    scores = [len(words & set(re.findall(r"[\w']+", one.lower()))) for one in options]
    best = max(scores)
    return options[scores.index(best)] if best and scores.count(best) == 1 else None


def _by_place(reply: str, options: Sequence[str]) -> str | None:
    if _LAST.search(reply):
        return options[-1]
    places = [index for index, pattern in enumerate(_ORDINALS) if pattern.search(reply)]
    return options[places[0]] if places and places[0] < len(options) else None
