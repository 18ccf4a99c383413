"""Where income goes by purpose: commitments, essentials, choices, investments, and what is saved."""

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
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import capital

_CUES: Final = re.compile(
    r"\bneeds\b[^?]*\bwants\b|\bwants\b[^?]*\bneeds\b|\b50[/ -]30[/ -]20\b|"
    r"\bessentials?\b|\bnecessit\w*|\bdiscretionary\b|\bnon[- ]?essentials?\b|\bluxur(?:y|ies)\b|"
    r"\banaly[sz]e (?:my )?(?:cash ?-?flow|income and spending|finances)\b|\bcash ?-?flow analysis\b|"
    r"\b(?:fixed|committed) (?:costs?|share|part)\b|\bcommitted\b|\bzaroori\b|\bby purpose\b|"
    r"\b(?:where|what|how)\b[^?]*\b(?:can|could|should|do) i (?:cut|reduce|save more)\b|"
    r"\bunnecessary\b|\bavoidable\b|\bwasteful\b"
)
_MONTHS: Final = 6


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text))


def _period(frame: Frame) -> Period:
    return frame.period_or(periods.last_months(frame.today, _MONTHS))


def _call(frame: Frame) -> Call:
    period = _period(frame)
    return Call("analyse_cash_flow", {"from": period.start.isoformat(), "to": period.end.isoformat()})


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_call(frame))
    when = period_name(_period(frame), frame.today)
    if not found.decimal("income") and not found.decimal("spending"):
        return f"No income and no spending {when} found."
    rate = found.optional_decimal("savings_rate_percent")
    kept = f", {percent(rate)} of your income" if rate is not None else ""
    lines = [_line(one, found.currency) for one in found.rows("purposes")]
    return (
        f"Of {money(found.decimal('income'), found.currency)} that came in {when} you spent "
        f"{money(found.decimal('spending'), found.currency)}; with what you invested you kept "
        f"{money(found.decimal('saved'), found.currency)}{kept}:\n\n{bullets(lines)}"
    )


def _line(one: Payload, currency: str) -> str:
    name = capital(one.text("purpose").replace("_", " "))
    return f"{name}: {money(one.decimal('amount'), currency)} ({percent(one.decimal('share_percent'))} of the spending)"


INTENT: Final = Intent(
    name="purposes", recognises=_recognises, calls=lambda frame, _results: (_call(frame),), answer=_answer
)
