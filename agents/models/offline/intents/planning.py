"""Questions about the future, such as retiring or affording something: what the records say, and no invented plan."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.period_names import day_name, period_name
from agents.models.offline.rendering import money, percent
from agents.models.offline.results import Call, Results

_CUES: Final = re.compile(
    r"\bretire|\bafford\b|\bcan i (?:buy|quit|take|leave)\b|\bwhen (?:can|will) i\b|\bhow (?:long|"
    r"soon) (?:will|until|before|can|to)\b|"
    r"\bwill i (?:have|reach|be|meet)\b|\bhow much (?:should|must|do i need to|will i need)\b|\bforecast|"
    r"\bpredict|\bproject(?:ion|ed)|"
    r"\benough (?:money )?(?:for|to)\b|\bwhat if\b|\bemergency fund should\b|\bfinancially (?:free|independent)"
)
_MONTHS: Final = 6
_NET_WORTH: Final = Call("get_net_worth", {})


def _cash_flow(frame: Frame) -> Call:
    period = periods.last_months(frame.today, _MONTHS)
    return Call("get_cash_flow", {"from": period.start.isoformat(), "to": period.end.isoformat()})


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    return (_NET_WORTH, _cash_flow(frame))


def _answer(frame: Frame, results: Results) -> str:
    worth, flow = results.of(_NET_WORTH), results.of(_cash_flow(frame))
    as_of = worth.day("as_of")
    rate = flow.optional_decimal("savings_rate_percent")
    when = period_name(periods.last_months(frame.today, _MONTHS), frame.today)
    saved = f"you saved {money(flow.decimal('net'), flow.currency)} {when}" + (
        f", {percent(rate)} of your income" if rate is not None else ""
    )
    return (
        "I cannot plan ahead yet, so I will not guess. What your records show today: your net worth is "
        f"{money(worth.decimal('net_worth'), worth.currency)}{f' as of {day_name(as_of)}' if as_of else ''}, "
        f"and {saved}."
    )


INTENT: Final = Intent(
    name="planning",
    recognises=lambda mentions: bool(_CUES.search(mentions.text)),
    calls=_calls,
    answer=_answer,
    carries=False,
)
