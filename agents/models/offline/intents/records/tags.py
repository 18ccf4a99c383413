"""A tag or a note put on the newest payment that fits."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import payee_name

_TAG: Final = re.compile(
    r"\btag\b[^?]*?\b(?:as|with)\s+[\"'“]?(?P<tag>[\w-]{2,30})|\badd (?:the |a )?tag [\"'“]?(?P<second>[\w-]{2,30})"
)
_VERB: Final = re.compile(r"^(?:please |can you |could you )?(?:tag|add (?:a |the )?tag)\b")


def _recognises(mentions: Mentions) -> bool:
    return bool(_VERB.search(mentions.text))


def _tag(frame: Frame) -> str | None:
    match = _TAG.search(frame.text)
    return (match["tag"] or match["second"]) if match else None


def _payee(frame: Frame) -> str | None:
    return next((one for one in frame.payees if one.lower() != _tag(frame)), None)


def _missing(frame: Frame) -> Missing | None:
    return Missing("With which word shall I tag it?", "as {}") if _tag(frame) is None else None


def _latest(frame: Frame) -> Call:
    arguments: dict[str, object] = {"sort": "newest", "limit": 1}
    payee = _payee(frame)
    if payee:
        arguments["payee"] = payee
    if frame.period:
        arguments |= {"from": frame.period.start.isoformat(), "to": frame.period.end.isoformat()}
    return Call("search_transactions", arguments)


def _write(frame: Frame, row: Payload) -> Call:
    return Call("tag_transaction", {"transaction_id": row.text("transaction_id"), "add_tags": [_tag(frame)]})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    found = results.get(_latest(frame))
    rows = found.rows("transactions") if found else []
    return (_latest(frame), _write(frame, rows[0])) if rows else (_latest(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    found = results.of(_latest(frame))
    rows = found.rows("transactions")
    if not rows:
        return "I find no such payment to tag."
    on, amount = rows[0].day("date"), money(abs(rows[0].decimal("amount")), found.currency)
    what = f"{payee_name(rows[0].text('payee'))}, {amount}{f' on {day_name(on)}' if on else ''}"
    return f"Tagged “{_tag(frame)}”: {what}."


INTENT: Final = Intent(name="tags", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
