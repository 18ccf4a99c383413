"""Whether something can be paid for: what it costs beside what there is and what is kept each month."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import period_name
from agents.models.offline.rendering import in_words, money
from agents.models.offline.results import Call, Results
from agents.models.offline.wording import ESTIMATE

_CUES: Final = re.compile(
    r"\bafford\b|\bcan i (?:buy|spend|pay for|take|withdraw|lend|gift)\b|"
    r"\benough (?:money|cash|savings|saved)?\s?(?:for|to)\b|"
    r"\bemergency fund\b|"
    r"\bhow long (?:will|would|can) (?:my )?(?:money|savings)\b"
)
_INCOME_ENOUGH: Final = re.compile(
    r"\b(?:salary|income|pay|earnings?)\b[^?]*\benough (?:for|to)\b[^?]*\b(?:expens\w*|spending|"
    r"bills|needs|live)\b"
)
_EMERGENCY: Final = re.compile(r"\bemergency\b|\bhow long\b|\brainy day\b")
_MONTHS: Final = 6


def _recognises(mentions: Mentions) -> bool:
    if _INCOME_ENOUGH.search(mentions.text):
        return False
    return bool(_CUES.search(mentions.text)) and not re.search(
        r"\bhow much (?:\w+ ){0,3}can i (?:\w+ )?spend", mentions.text
    )


def _missing(frame: Frame) -> Missing | None:
    if _EMERGENCY.search(frame.text) or frame.quantities.amount is not None:
        return None
    return Missing("How much does it cost?", "of {}")


def _flow(frame: Frame, tool: str) -> Call:
    period = periods.last_months(frame.today, _MONTHS)
    return Call(tool, {"from": period.start.isoformat(), "to": period.end.isoformat()})


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    return LIST_ACCOUNTS, _flow(frame, "get_cash_flow"), _flow(frame, "get_spending")


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    accounts, flow, spent = (results.of(call) for call in _calls(frame, results))
    total, monthly = accounts.decimal("total"), spent.decimal("average_per_month")
    when = period_name(periods.last_months(frame.today, _MONTHS), frame.today)
    has = f"Your accounts hold {money(total, accounts.currency)}{in_words(total)} in all"
    kept = f"you kept {money(flow.decimal('net'), flow.currency)} {when}"
    if _EMERGENCY.search(frame.text):
        safe = "more" if total >= _MONTHS * monthly else "less"
        return (
            f"{has}, which is {safe} than six months of your spending of {money(monthly, spent.currency)} a month "
            f"{when}. Three to six months is a common measure. {ESTIMATE}"
        )
    price = frame.quantities.amount
    if price is not None and total >= price:
        return f"Yes, it is within what you have: {has[0].lower()}{has[1:]}, and {kept}. {ESTIMATE}"
    return (
        f"Not from what you have now: {has[0].lower()}{has[1:]}, and {kept}. Tell me to start a goal for it, with its "
        f"price and day, and I can say what it takes each month. {ESTIMATE}"
    )


INTENT: Final = Intent(name="affordability", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
