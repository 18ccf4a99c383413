"""How something is doing that is called by its name alone: an investment or a goal, whichever bears the name."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.goals import goals_told
from agents.models.offline.intents.plans.which_goal import LIST_GOALS, goals_of, named_goals
from agents.models.offline.intents.wealth.investment_answers import returns
from agents.models.offline.intents.wealth.which_holding import named
from agents.models.offline.language.typos import may_be_name
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import joined
from agents.models.offline.results import Call, Results

_RETURNS: Final = Call("get_investment_returns", {})
_DOING: Final = r"(?:doing|performing|performed|perform|been|faring|going|coming along|active|now)"
_NAME: Final = r"(?:my |the |our )*(?P<{}>[a-z][a-z0-9&.' -]{{1,40}}?)"
_CUES: Final = re.compile(
    rf"^(?:and |so |ok )*how(?! (?:much|many|long|often|soon)\b)(?:'s| is| are| has| have)? {_NAME.format('name')} "
    rf"{_DOING}(?: {_DOING})*\W*$|"
    rf"^(?:and |so |ok )*{_NAME.format('front')} how(?: is it| {_DOING})*\W*$"
)


def _name(text: str) -> str:
    found = _CUES.search(text)
    return (found["name"] or found["front"]) if found else ""


def _recognises(mentions: Mentions) -> bool:
    """A name is made of words that are not about money in general: "how is my month going" names nothing."""
    return may_be_name(_name(mentions.text)) and not (mentions.categories or mentions.periods or mentions.account)


def _calls(_: Frame, __: Results) -> tuple[Call, ...]:
    return (_RETURNS, LIST_GOALS)


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_RETURNS)
    rows, goals = found.rows("instruments"), goals_of(results)
    if named(frame, rows):
        return returns(frame, results, found, ())
    meant = named_goals(frame, goals)
    if meant:
        return goals_told(meant, results.of(LIST_GOALS).currency)
    known = [one.text("name") for one in [*rows, *goals]]
    said = f"Neither an investment nor a goal of yours is called “{_name(frame.text)}”."
    return f"{said} On record are {joined(known)}." if known else said


INTENT: Final = Intent(name="by_name", recognises=_recognises, calls=_calls, answer=_answer)
