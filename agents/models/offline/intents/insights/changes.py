"""What moved spending, income or what was kept from one period to the next."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Call, Payload
from agents.models.offline.wording import capital, category_name

_CUES: Final = re.compile(
    r"\bwhat(?:'s| has| is)? (?:all )?(?:changed|different)\b|\bwhat (?:drove|moved|caused|made|pushed|explains|"
    r"is behind)\b|"
    r"^(?:and |so |but )?why\b[^?]*\b(?:more|less|higher|lower|high|low|expensive|costly|"
    r"much|up|down|rise|rose|risen|increas\w*|decreas\w*|"
    r"fall|fell|jump\w*|"
    r"drop\w*|change\w*)\b|\b(?:more|less|increas\w*|decreas\w*)\b[^?]*\bwhy\b|\bwhy\b[^?]*\b(?:increas\w*|"
    r"decreas\w*|more|less)$|\bwhat went (?:up|down)\b|"
    r"\b(?:which|what)\b[^?]*\b(?:grew|rose|fell|dropped|increased|decreased|changed)\b[^?]*\b(?:most|least)\b"
)
_FLOW: Final = re.compile(
    r"\bspen[dt]\w*|\bexpens\w*|\bincome\b|\bearn\w*|\bsav(?:e|ed|ing|ings)\b|\boutgo\w*|\bmonth\b|\bcategor(?:y|ies)\b|\bbills?\b"
)
_MEASURES: Final = {
    "income": re.compile(r"\bincome\b|\bearn\w*"),
    "net": re.compile(r"\bsav(?:e|ed|ing|ings)\b|\bleft over\b|\bcash ?-?flow\b"),
    "spending": re.compile(r"\bspen[dt]\w*|\bexpens\w*|\boutgo\w*"),
}
_MOST: Final = 5


def _recognises(mentions: Mentions) -> bool:
    named = mentions.subjects or mentions.account or mentions.condition
    return bool(_CUES.search(mentions.text)) and bool(_FLOW.search(mentions.text) or mentions.periods) and not named


def _pair(frame: Frame) -> tuple[Period, Period]:
    """The earlier and the later one; without two the last full month is set against the one before it."""
    named = sorted(frame.periods, key=lambda one: one.start)
    if len(named) > 1:
        return named[0], named[-1].until(frame.today)
    later = named[0].until(frame.today) if named else periods.month_of(frame.today, -1)
    return periods.preceding(named[0] if named else later), later


def measure_of(text: str) -> str | None:
    """What lower-case text says has changed, as the tool calls it."""
    return next((measure for measure, pattern in _MEASURES.items() if pattern.search(text)), None)


def changes_call(frame: Frame, measure: str) -> Call:
    """The call that tells what moved a measure between the periods of the frame."""
    before, after = _pair(frame)
    return Call(
        "compare_periods",
        {
            "before_from": before.start.isoformat(),
            "before_to": before.end.isoformat(),
            "after_from": after.start.isoformat(),
            "after_to": after.end.isoformat(),
            "measure": measure,
        },
    )


def changes_answer(frame: Frame, found: Payload) -> str:
    """By how much it rose or fell, and what moved it most."""
    before, after = _pair(frame)
    change, share = found.decimal("change"), found.optional_decimal("change_percent")
    noun = {"income": "income", "net": "savings"}.get(found.text("measure"), "spending")
    names = [period_name(one, frame.today) for one in (after, before)]
    now, then = (money(found.decimal(side), found.currency) for side in ("after", "before"))
    totals = f"{now} {names[0]}, against {then} {names[1]}"
    if not change:
        return f"Your {noun} was the same: {totals}."
    rate = f" ({percent(abs(share))})" if share is not None else ""
    verb = "rose" if change > 0 else "fell"
    rows = sorted(found.rows("categories"), key=lambda one: one.decimal("change"), reverse=change > 0)
    lines = [_line(one, found.currency) for one in rows[:_MOST] if (one.decimal("change") > 0) == (change > 0)]
    moved = f"\n\nWhat moved it most:\n\n{bullets(lines)}" if lines else ""
    return f"Your {noun} {verb} by {money(abs(change), found.currency)}{rate}: {totals}.{moved}"


def _line(one: Payload, currency: str) -> str:
    change = one.decimal("change")
    side = "more" if change > 0 else "less"
    return f"{capital(category_name(one.text('category')))}: {money(abs(change), currency)} {side}"


def _call(frame: Frame) -> Call:
    return changes_call(frame, measure_of(frame.text) or "spending")


INTENT: Final = Intent(
    name="changes",
    recognises=_recognises,
    calls=lambda frame, _results: (_call(frame),),
    answer=lambda frame, results: changes_answer(frame, results.of(_call(frame))),
)
