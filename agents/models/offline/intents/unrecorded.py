"""What no record of the person's holds: said plainly, with who tells it, and not answered with something beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.lexicon import read_words, strings
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Results

_WRITES: Final = re.compile(r"^(?:please |can you )*(?:set|add|tag|move|change|remember|forget|note|mark)\b")


@dataclass(frozen=True, slots=True)
class _Topic:
    """A rule holds when all of its patterns are found; any of the rules is enough, `unless` something else is asked."""

    rules: Sequence[Sequence[re.Pattern[str]]]
    unless: re.Pattern[str] | None
    what: str
    where: str

    def is_asked(self, text: str) -> bool:
        """Whether lower-case text is about it."""
        if self.unless and self.unless.search(text):
            return False
        return any(all(group.search(text) for group in rule) for rule in self.rules)


@cache
def _topics() -> tuple[_Topic, ...]:
    return tuple(
        _Topic(
            [[_group(part) for part in rule.split("+")] for rule in strings(data["rules"])],
            _group(str(data["unless"])) if "unless" in data else None,
            str(data["what"]),
            str(data["where"]),
        )
        for data in read_words("unrecorded").values()
    )


def _group(words: str) -> re.Pattern[str]:
    ordered = sorted(words.split(), key=len, reverse=True)
    parts = (re.escape(word).replace("_", " ").replace(r"\*", r"\w*") for word in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _asked(text: str) -> list[_Topic]:
    return [one for one in _topics() if one.is_asked(text)]


def _recognises(mentions: Mentions) -> bool:
    return bool(_asked(mentions.text)) and not _WRITES.search(mentions.text)


def _answer(frame: Frame, _: Results) -> str:
    topic = _asked(frame.text)[0]
    return f"Your records do not hold {topic.what}; {topic.where} may tell."


INTENT: Final = Intent(name="unrecorded", recognises=_recognises, answer=_answer, carries=False)
