"""Accounts and money of somebody else: only the person's own records are seen, unless an account is named so."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS, listed
from agents.models.offline.lexicon import word_list
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import joined
from agents.models.offline.results import Results

_PEOPLE: Final = "|".join(word_list("people", "people"))
_THINGS: Final = (
    r"accounts?|a/c|balance|salary|income|savings?|cards?|portfolio|investments?|mutual funds?|money|spending|"
    r"expenses?|net worth"
)
_THEIRS: Final = re.compile(
    rf"\b(?P<who>{_PEOPLE})(?:'s|s'|s)? (?:\w+ ){{0,2}}?(?:{_THINGS})\b|\b(?:{_THINGS}) of (?:my )?(?P<of>{_PEOPLE})\b"
)
_MOVED: Final = re.compile(
    r"\b(?:to|from|with) (?:my |the )?(?:\w+ )?$|"
    r"\b(?:sent|send|transfer\w*|gave|give|paid|pay|received|got|spen[dt]\w*)\b"
)


def _recognises(mentions: Mentions) -> bool:
    """What was paid to somebody is on record; what somebody has is not."""
    found = _THEIRS.search(mentions.text)
    return found is not None and not _MOVED.search(mentions.text[: found.start()]) and not mentions.condition


def _who(text: str) -> str:
    found = _THEIRS.search(text)
    return (found["who"] or found["of"]) if found else ""


def _answer(frame: Frame, results: Results) -> str:
    accounts, who = results.of(LIST_ACCOUNTS).rows("accounts"), _who(frame.text)
    theirs = [one for one in accounts if who in one.text("name").lower()]
    if theirs:
        return listed(theirs)
    names = joined([one.text("name") for one in accounts])
    own = f" Your accounts are {names}." if names else ""
    return f"I see your own records only, and no account of yours is named after your {who}.{own}"


INTENT: Final = Intent(
    name="other_people", recognises=_recognises, calls=lambda _frame, _results: (LIST_ACCOUNTS,), answer=_answer
)
