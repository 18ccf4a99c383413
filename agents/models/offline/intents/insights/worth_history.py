"""How net worth developed month by month."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import month_name
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Call, Payload, Results

_WORTH: Final = re.compile(r"\bnet ?-?worth\b|\bwealth\b|\bassets\b")
_TREND: Final = re.compile(
    r"\btrend|\bhistory\b|\bover time\b|\bmonth[ -](?:by|on|over|wise)\b|\bmonth-?wise\b|\bmonthly\b|\b(?:each|"
    r"every) month\b|"
    r"\bchart\b|\bgraph\b|\bover the (?:last|past|months|years?)\b|\bdevelop\w*|\bprogress\w*|\bseries\b|\btimeline\b"
)
_MONTHS: Final = 12
_MOST: Final = 120


def _recognises(mentions: Mentions) -> bool:
    return bool(_WORTH.search(mentions.text)) and bool(_TREND.search(mentions.text))


def _call(frame: Frame) -> Call:
    if frame.periods:
        period = frame.periods[0].until(frame.today)
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        until = f"{period.end:%Y-%m}"
        return Call("get_net_worth_history", {"months": min(max(months, 1), _MOST), "until": until})
    return Call("get_net_worth_history", {"months": min(frame.quantities.months or _MONTHS, _MOST)})


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_call(frame))
    points = found.rows("points")
    if not points:
        return "Nothing is on record in that time."
    change, share = found.decimal("change"), found.optional_decimal("change_percent")
    rate = f" ({percent(abs(share))})" if share is not None else ""
    verb = "grew" if change >= 0 else "fell"
    lines = [f"{_month(one)}: {money(one.decimal('net_worth'), found.currency)}" for one in points]
    return (
        f"Your net worth {verb} by {money(abs(change), found.currency)}{rate} to "
        f"{money(found.decimal('net_worth'), found.currency)}:\n\n{bullets(lines)}"
    )


def _month(point: Payload) -> str:
    return month_name(date.fromisoformat(f"{point.text('month')[:7]}-01"))


INTENT: Final = Intent(
    name="worth_history", recognises=_recognises, calls=lambda frame, _results: (_call(frame),), answer=_answer
)
