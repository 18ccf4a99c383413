"""The search that a question about single transactions needs."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intents.income import INCOME_CATEGORIES
from agents.models.offline.results import Call
from agents.models.offline.shapes import Shape

_TAGGED: Final = re.compile(r"\btag(?:ged)?(?: (?:as|with))? [\"'#]?(?P<tag>[\w-]+)")
_REFUNDS: Final = re.compile(r"\brefund|\bcashback|\breversals?\b|\breturned money\b")
_CREDIT: Final = re.compile(
    r"\bcredits?\b(?! card)|\b(?:pay|pays|paid|sent|gave|transferred) (?:me|us)\b|"
    r"\breceived\b|\brefunds?\b|\bdeposits?\b|\bincoming\b|"
    r"\bcashback\b"
)
_ANY_DIRECTION: Final = re.compile(r"\btransactions?\b|\btxns?\b|\bentries\b")
_PLURAL: Final = re.compile(r"\b(?:transactions|txns|payments|purchases|expenses|orders|debits|credits)\b")
_DEFAULT_LIMIT: Final = 10
_MOST: Final = 50


def asks_refunds(text: str) -> bool:
    """Whether money that came back is asked for."""
    return _REFUNDS.search(text) is not None


def tag_of(frame: Frame) -> str | None:
    """The tag that the transactions bear."""
    tagged = _TAGGED.search(frame.text)
    return tagged["tag"] if tagged else None


def direction_of(frame: Frame) -> str | None:
    """`credit` for money in, `debit` for money out, None for both."""
    if _CREDIT.search(frame.text) or (frame.categories and set(frame.categories) <= INCOME_CATEGORIES):
        return "credit"
    listed = frame.shape in (Shape.LIST, Shape.COUNT)
    return None if listed and _ANY_DIRECTION.search(frame.text) else "debit"


def limit_of(frame: Frame) -> int:
    """How many are told: as many as were asked for, or one where the largest is."""
    if frame.limit:
        return frame.limit
    if asks_refunds(frame.text) or re.search(r"\ball\b|\bevery\b", frame.text):
        return _MOST
    return 1 if frame.shape is Shape.LARGEST and not _PLURAL.search(frame.text) else _DEFAULT_LIMIT


def search_call(frame: Frame) -> Call:
    """Transfers are no purchases: for the largest, all are fetched that may be needed to leave them out."""
    largest = frame.shape in (Shape.LARGEST, Shape.SMALLEST)
    tag = tag_of(frame)
    optional: dict[str, object | None] = {
        "from": frame.period.start.isoformat() if frame.period else None,
        "to": frame.period.end.isoformat() if frame.period else None,
        "category": frame.categories[0] if frame.categories and tag is None else None,
        "payee": frame.payees[0] if frame.payees and tag is None else None,
        "tag": tag,
        "account_id": frame.account_id,
        "direction": direction_of(frame),
        "min_amount": f"{frame.minimum:f}" if frame.minimum is not None else None,
        "max_amount": f"{frame.maximum:f}" if frame.maximum is not None else None,
        "sort": "largest" if largest else "oldest" if frame.shape is Shape.FIRST else "newest",
        "limit": _MOST if largest else 1 if frame.shape in (Shape.LATEST, Shape.FIRST) else limit_of(frame),
    }
    return Call("search_transactions", {key: value for key, value in optional.items() if value is not None})
