"""Payments that stand out: unusual ones, charges taken twice, large first payments."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money, times
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import payee_name

_CUES: Final = re.compile(
    r"\bunusual\b(?!ly)|\banomal|\bsuspicious|\bfraud|\bstrange\b|\bodd\b|\bweird\b|\bduplicates?\b|\b(?:charged|"
    r"billed|paid|debited) twice\b|"
    r"\bdouble[- ](?:charge|payment|debit)|\bstand(?:s|ing)? out\b|\boutliers?\b|\bout of the ordinary\b|"
    r"\bunexpected\b|\bwrong charges?\b|"
    r"\bunrecogni[sz]ed\b|\bsomething off\b"
)
_DUPLICATES: Final = re.compile(r"\bduplicat|\btwice\b|\bdouble\b")
_WHY: Final = {
    "duplicate_charge": "it looks like a charge taken again",
    "first_time_large_payee": "it is large for a first payment",
    "unusual_for_payee": "it is unusual for this payee",
    "unusual_for_category": "it is unusual for its category",
}
_MOST_DAYS: Final = 366


def _call(frame: Frame) -> Call:
    days = 90
    if frame.periods:
        days = min(max((frame.today - frame.periods[0].start).days + 1, 1), _MOST_DAYS)
    return Call("find_anomalies", {"days": days})


def _answer(frame: Frame, results: Results) -> str:
    payload = results.of(_call(frame))
    rows = payload.rows("anomalies")
    start = payload.day("from_") or payload.day("from")
    since = f" since {day_name(start)}" if start else ""
    if _DUPLICATES.search(frame.text):
        rows = [one for one in rows if "duplicate" in f"{one.text('kind')} {one.data.get('kinds')}".lower()]
        if not rows:
            return f"No duplicate charge{since} found."
    if not rows:
        return f"No payment stands out{since}."
    count = times(len(rows), "payment")
    return f"{count if len(rows) == 1 else 'These payments'} stand out{since}:\n\n" + bullets(
        _line(one) for one in rows
    )


def _line(one: Payload) -> str:
    on = one.day("date")
    amount = money(abs(one.decimal("amount")), one.currency)
    usual = one.optional_decimal("usual")
    beside = f", where {money(usual, one.currency)} is usual" if usual is not None else ""
    why = _WHY.get(one.text("kind"), "it stands out")
    return f"{payee_name(one.text('payee'))}, {amount}{f' on {day_name(on)}' if on else ''}: {why}{beside}"


INTENT: Final = Intent(
    name="anomalies",
    recognises=lambda mentions: bool(_CUES.search(mentions.text)),
    calls=lambda frame, _results: (_call(frame),),
    answer=_answer,
)
