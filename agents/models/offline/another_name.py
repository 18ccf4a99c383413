"""The question before asked again of another investment or goal: "how is Infosys doing", "and Tata Motors?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intents.wealth import by_name, investments
from agents.models.offline.intents.wealth.which_holding import kind_asked, without_kind
from agents.models.offline.language.typos import may_be_name
from agents.models.offline.mentions import find_mentions
from agents.models.offline.unread import unread_words

_BARE: Final = re.compile(
    r"^(?:and |also |what about |how about |ok )*(?:my |the |of |in |for )*(?P<name>[a-z][\w&.' -]{1,40}?)"
    r"(?: (?:how|what|doing|then|too|one|shares?|fund))*\W*$"
)
_LONGEST: Final = 6


def about_another(text: str, context: Frame | None) -> Frame | None:
    """The frame with the new name in the place of the old one; None when the message is about anything else."""
    if context is None or context.intent not in (by_name.INTENT.name, investments.INTENT.name):
        return None
    found = _BARE.search(text.lower())
    if found is None or len(text.split()) > _LONGEST or not _names(text, found["name"], context):
        return None
    if context.intent == by_name.INTENT.name:
        return replace(context, text=f"how is {found['name']} doing", unread=())
    old = unread_words(context.text)
    kept = " ".join(word for word in without_kind(context.text).split() if word.strip("?.,!") not in old)
    return replace(context, text=f"{kept} {found['name']}", unread=())


def _names(text: str, name: str, context: Frame) -> bool:
    """Whether it can be the name or the kind of an investment, and nothing else that is asked about."""
    if kind_asked(name):
        return True
    mentions = find_mentions(text, context.today)
    if mentions.periods or mentions.categories or mentions.account or mentions.quantities:
        return False
    return may_be_name(name)
