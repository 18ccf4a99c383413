"""Who the person is, as they registered."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.results import Call, Results

_CUES: Final = re.compile(
    r"\bwho am i\b|\bmy (?:\w+ )?name\b|\bmy (?:\w+ )?e-?mail\b|\bmy (?:profile|time ?zone|currency|"
    r"registered \w+)\b|\bwhat do you know about me\b|"
    r"\bwhat(?:'s| is) (?:the )?(?:registered )?e-?mail\b|\babout me\b"
)
_PROFILE: Final = Call("get_profile", {})


def _answer(frame: Frame, results: Results) -> str:
    profile = results.of(_PROFILE)
    name = f"{profile.text('first_name')} {profile.text('last_name')}".strip()
    if re.search(r"e-?mail", frame.text):
        return f"Your e-mail address is {profile.text('email')}."
    if re.search(r"time ?zone", frame.text):
        return f"Your time zone is {profile.text('timezone')}."
    if "currency" in frame.text:
        return f"Your currency is {profile.text('currency')}."
    if "name" in frame.text and "who" not in frame.text:
        return f"Your name is {name}."
    return (
        f"You are {name}, registered as {profile.text('email')}, with time zone {profile.text('timezone')} "
        f"and currency {profile.text('currency')}."
    )


INTENT: Final = Intent(
    name="profile",
    recognises=lambda mentions: bool(_CUES.search(mentions.text)),
    calls=lambda _frame, _results: (_PROFILE,),
    answer=_answer,
    carries=False,
)
