"""Single transactions: the latest, the largest, how many, and lists of them."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name, period_name
from agents.models.offline.rendering import bullets, money, times
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.wording import category_name, from_account, payee_name

_ROWS: Final = (
    r"(?:transactions?|txns?|payments?|purchases?|entries|debits?(?! card)|credits?(?! card)|orders?|expenses?|spends|"
    r"refunds?)"
)
_LATEST: Final = re.compile(
    r"\bwhen did (?:i|we) (?:last|most recently)\b|\blast time (?:i|we)\b|\bwhen was (?:my|the) (?:last|latest)\b"
)
_COUNT: Final = re.compile(r"\bhow (?:many (?:times|" + _ROWS + r")|often)\b|\bnumber of " + _ROWS)
_LARGEST: Final = re.compile(
    r"\b(?:biggest|largest|highest|costliest|priciest|most expensive|single (?:biggest|largest))\b[^?]*\b"
    r"(?:transactions?|txns?|payments?|purchases?|debits?(?! card)|credits?(?! card)|orders?|expenses?|"
    r"thing i bought|buys?)\b"
)
_LIST: Final = re.compile(
    rf"\b(?:show|list|display|see|give me|find|get|which|what|any|all|recent|latest|last)\b[^?]*\b{_ROWS}\b|"
    rf"^(?:my )?(?:recent |latest |last )?(?:transactions|txns|refunds)\b"
)
_CREDIT: Final = re.compile(r"\bcredits?\b(?! card)|\breceived\b|\brefunds?\b|\bdeposits?\b|\bincoming\b|\bcashback\b")
_ANY_DIRECTION: Final = re.compile(r"\btransactions?\b|\btxns?\b|\bentries\b")
_ANY_ROWS: Final = re.compile(rf"\b{_ROWS}\b")
_FLOW: Final = re.compile(r"\bhow much\b|\btotal\b|\baverage\b|\btrend\b|\bcompare\b|\brecurring\b")
_PLURAL: Final = re.compile(r"\b(?:transactions|txns|payments|purchases|expenses|orders|debits|credits)\b")
_DEFAULT_LIMIT: Final = 5
_MOST: Final = 50


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if _LATEST.search(text) or _COUNT.search(text) or _LARGEST.search(text):
        return True
    listed = bool(_LIST.search(text)) or (mentions.condition is not None and mentions.says(_ANY_ROWS))
    return listed and not _FLOW.search(text)


def _shape(mentions: Mentions) -> Shape:
    if _LATEST.search(mentions.text):
        return Shape.LATEST
    if _COUNT.search(mentions.text):
        return Shape.COUNT
    return Shape.LARGEST if _LARGEST.search(mentions.text) else Shape.LIST


def _direction(frame: Frame) -> str | None:
    if _CREDIT.search(frame.text):
        return "credit"
    return None if frame.shape is Shape.LIST and _ANY_DIRECTION.search(frame.text) else "debit"


def _limit(frame: Frame) -> int:
    if frame.limit:
        return frame.limit
    return 1 if frame.shape is Shape.LARGEST and not _PLURAL.search(frame.text) else _DEFAULT_LIMIT


def _call(frame: Frame) -> Call:
    """Transfers are no purchases: for the largest, all are fetched that may be needed to leave them out."""
    largest = frame.shape is Shape.LARGEST
    optional: dict[str, object | None] = {
        "from": frame.period.start.isoformat() if frame.period else None,
        "to": frame.period.end.isoformat() if frame.period else None,
        "category": frame.categories[0] if frame.categories else None,
        "payee": frame.payees[0] if frame.payees else None,
        "account_id": frame.account_id,
        "direction": _direction(frame),
        "min_amount": f"{frame.minimum:f}" if frame.minimum is not None else None,
        "max_amount": f"{frame.maximum:f}" if frame.maximum is not None else None,
        "sort": "largest" if largest else "newest",
        "limit": _MOST if largest else 1 if frame.shape is Shape.LATEST else _limit(frame),
    }
    return Call("search_transactions", {key: value for key, value in optional.items() if value is not None})


def _answer(frame: Frame, results: Results) -> str:
    payload = results.of(_call(frame))
    rows = payload.rows("transactions")
    if not rows:
        return f"No matching transaction{_about(frame)}{_when(frame)} found."
    if frame.shape is Shape.LATEST:
        return _latest(rows[0], payload.currency)
    if frame.shape is Shape.COUNT:
        return _count(frame, payload)
    if frame.shape is Shape.LARGEST:
        return _largest(frame, rows, payload.currency)
    head = (
        f"The latest transactions{_about(frame)}{from_account(frame)}{_when(frame)}, of {payload.integer('count'):,}:"
    )
    return f"{head}\n\n{bullets(_line(row, payload.currency) for row in rows)}"


def _about(frame: Frame) -> str:
    category = f" for {category_name(frame.categories[0])}" if frame.categories else ""
    return category + (f" with {payee_name(frame.payees[0])}" if frame.payees else "")


def _when(frame: Frame) -> str:
    return f" {period_name(frame.period, frame.today)}" if frame.period else ""


def _latest(row: Payload, currency: str) -> str:
    on = row.day("date")
    verb = "paid" if row.decimal("amount") < 0 else "received"
    side = "" if verb == "paid" else "from "
    amount = money(abs(row.decimal("amount")), currency)
    what = f"{amount} {side or 'to '}{payee_name(row.text('payee'))}"
    return f"You last {verb} {what}{f' on {day_name(on)}' if on else ''} ({category_name(row.text('category'))})."


def _count(frame: Frame, payload: Payload) -> str:
    total = payload.decimal("total_credit" if _direction(frame) == "credit" else "total_debit")
    count = times(payload.integer("count"), "time")
    about = f"{_about(frame)}{from_account(frame)}{_when(frame)}"
    return f"{count.capitalize()}{about}: {money(total, payload.currency)} in all."


def _largest(frame: Frame, rows: list[Payload], currency: str) -> str:
    wanted = [row for row in rows if row.text("category") != "transfer" or frame.categories == ("transfer",)]
    shown = (wanted or rows)[: _limit(frame)]
    if len(shown) == 1:
        return f"The largest{_about(frame)}{from_account(frame)}{_when(frame)} was {_line(shown[0], currency)}."
    return f"The largest{_about(frame)}{from_account(frame)}{_when(frame)}:\n\n" + bullets(
        _line(row, currency) for row in shown
    )


def _line(row: Payload, currency: str) -> str:
    on, amount = row.day("date"), row.decimal("amount")
    sign = "+" if amount > 0 else ""
    return (
        f"{payee_name(row.text('payee'))} ({category_name(row.text('category'))}), "
        f"{sign}{money(abs(amount), row.text('currency') or currency)}{f' on {day_name(on)}' if on else ''}"
    )


INTENT: Final = Intent(
    name="transactions",
    recognises=_recognises,
    calls=lambda frame, _results: (_call(frame),),
    answer=_answer,
    shape=_shape,
    by_account=True,
)
