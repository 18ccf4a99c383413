"""What a word of finance means: explained in general, with nothing of what to choose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.lexicon import read_phrases, read_words
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Results

_BEFORE: Final = re.compile(
    r"^(?:(?:please|can you|could you|and|so) )*(?:what is meant by|what(?:'s| is| are| does| do)|"
    r"explain(?: to me)?|define|meaning|(?:the )?(?:meaning|definition|full form) of|"
    r"tell me (?:about|what is)|how do(?:es)?)"
    r"\s+(?:an? |the (?=new|old|power))?"
)
_AFTER: Final = re.compile(
    r"(?: (?:means?|meaning|stands? for|work|is|in simple (?:words|terms)|exactly|please|called|all about))*$"
)
_BEHIND: Final = re.compile(r" (?:what|meaning|(?:what|how) (?:is|does|mean|work)\w*)(?: (?:is|happens))?$")
_DIFFERENCE: Final = re.compile(
    r"^(?:what(?:'s| is) the )?(?:difference between|explain|compare) (?:an? |the )?(?P<one>[\w ]+?) "
    r"(?:and|vs\.?|versus|or) (?:an? |the )?(?P<other>[\w ]+?)\W*$"
)


@cache
def _explanations() -> Mapping[str, str]:
    """Each name of a term with what it means."""
    texts = read_words("terms")["texts"]
    return {name: str(texts[term]) for name, term in read_phrases("terms", "names").items()}


def _term(text: str) -> str | None:
    """The term whose meaning is asked, with nothing else beside it: "what is a SIP", never "what is my SIP"."""
    bare = re.sub(r"[?.!\"]|(?<!\w)'|'(?!\w)", "", text).strip()
    start = _BEFORE.match(bare)
    asked = _AFTER.sub("", bare[start.end() :]) if start else _BEHIND.sub("", bare)
    return asked if asked != bare and asked in _explanations() else None


def _asked(text: str) -> list[str]:
    """The terms that are to be explained: one, or the two sides of a difference."""
    pair = _DIFFERENCE.match(text)
    names = [pair["one"], pair["other"]] if pair else [_term(text) or ""]
    return names if all(one in _explanations() for one in names) else []


def _recognises(mentions: Mentions) -> bool:
    return bool(_asked(mentions.text))


def _answer(frame: Frame, _: Results) -> str:
    texts = dict.fromkeys(_explanations()[one] for one in _asked(frame.text))
    return f"{' '.join(texts)} That is information, not advice."


INTENT: Final = Intent(name="terms", recognises=_recognises, answer=_answer, carries=False)
