"""Goals spoken of without the word: "add 5000 to the wedding", "how far am I with the car"."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.amounts import AMOUNT
from agents.models.offline.intents.plans.slots import BEFORE_GOAL, KIND
from agents.models.offline.lexicon import lexicon
from agents.models.offline.mentions import Mentions

_GIVE: Final = (
    r"(?:add|put(?: aside)?|contribute|deposit|allocate|set aside|keep|kept|(?:have |just )*saved|(?:transfer|move))"
)
_NAME: Final = r"(?:my |the |our )*(?P<{}>[a-z][\w' ]{{1,40}}?)(?: (?:savings?|pot|kitty|please|now|today))*"
_MORE: Final = r"(?: (?:more|extra|rupees|rs|and|also))*"
TO: Final = re.compile(
    rf"^(?:please |can you |could you |i want to |i )*{_GIVE} (?:another |a further |in )?{AMOUNT}{_MORE} "
    rf"(?P<how>to|towards|into|in|for) {_NAME.format('name')}\W*$|"
    rf"^(?P<before>for|in|to|into|towards) {_NAME.format('front')} {AMOUNT}{_MORE} (?:add|put|deposit|contribute)\W*$"
)
_KIND_END: Final = r"(?= (?:fund|savings?|plan|coming|doing|going|now|so far|progress|goal|saved|how)\b|\W*$)"
_PROGRESS: Final = re.compile(
    rf"\bhow much more (?:do|will|must) (?:i|we) (?:need|have|save)\b[^?]*\bfor\b|"
    rf"\bhow (?:far|close) (?:am|are) (?:i|we) (?:with|to|from|on|along)\b|\b{KIND} (?:fund|savings|corpus)\b|"
    rf"\b(?:how(?:'s| is| are)|status of|progress (?:of|on)|update on|how much more)\b[^?]*\b{KIND}{_KIND_END}|"
    rf"\bsaved\b[^?]*\b(?:for|towards) (?:the |my |a |our )*{KIND}{_KIND_END}|"
    rf"^for (?:my |the )*{KIND} how much (?:\w+ )?(?:saved|left|more)\b|"
    r"^for (?:my |the )*(?:[a-z]+ ){1,3}?how much (?:\w+ )?(?:saved|more needed)\b"
)
_OTHER: Final = re.compile(r"\bspen[dt]\w*\b|\bpaid\b|\bcosts?\b|\bloan\b")


def contributes(mentions: Mentions) -> bool:
    """Whether money is to be put towards something that can only be a goal: no category, payee or account known."""
    match = TO.search(mentions.text)
    if match is None or mentions.account is not None or mentions.quantities.amount is None:
        return False
    name, how = match["name"] or match["front"], match["how"] or match["before"]
    kind = re.search(rf"\b{KIND}\b", name) is not None
    if how == "for" or mentions.categories:
        return kind and not (mentions.categories and how == "for")
    known = set(mentions.payees) & set(lexicon().merchants) or set(name.split()) <= lexicon().stopwords
    return not known


def other_name(text: str) -> str | None:
    """The name that a goal is called by, in lower case; None when none is said."""
    to, before = TO.search(text), BEFORE_GOAL.search(text)
    name = (to["name"] or to["front"]) if to else before["name"] if before else ""
    return None if set(name.split()) <= lexicon().stopwords | {"main", "only"} else name


def asks_progress(mentions: Mentions) -> bool:
    """Whether it is asked how far something is that people save for."""
    return _PROGRESS.search(mentions.text) is not None and not _OTHER.search(mentions.text)
