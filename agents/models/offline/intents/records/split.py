"""One payment split over several categories, in parts that add up to it exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.records.which_transaction import described, newest, row_of, unnamed
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import joined, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import category_name

_SPLIT: Final = re.compile(
    r"\b(?:split|divide|break)\b[^?]*\b(?:transaction|payment|order|purchase|expense|bill|txn|into|between|in)\b|"
    r"\b(?:transaction|payment|order|purchase|expense|txn)\b[^?]*\b(?:split|divide)\b|\b(?:un-?split|put\b[^?]*\btogether)\b"
)
_JOIN: Final = re.compile(r"\bun-?split\b|\bput\b[^?]*\btogether\b")
_OTHER: Final = re.compile(
    r"^(?:how|what|which|show|list|where)\b|\b(?:surplus|goals|portfolio|investments?|spending|expenses)\b"
)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    return bool(_SPLIT.search(text)) and not _OTHER.search(text)


def _missing(frame: Frame) -> Missing | None:
    if _JOIN.search(frame.text):
        return unnamed(frame, _payee(frame))
    if len(frame.categories) < 2:
        return Missing("Into which categories? For example groceries and household.", "into {}")
    if len(frame.quantities.amounts) < len(frame.categories) - 1:
        return Missing("How much of it for each? The amounts have to add up to the whole.", "with {}")
    return unnamed(frame, _payee(frame))


def _payee(frame: Frame) -> str | None:
    return frame.payees[0] if frame.payees else None


def _newest(frame: Frame) -> Call:
    return newest(frame, _payee(frame))


def _parts(frame: Frame, whole: Decimal) -> list[tuple[str, Decimal]]:
    """Each category with its amount in the order they were said; the last one takes the rest where it has none."""
    if _JOIN.search(frame.text):
        return []
    amounts = list(frame.quantities.amounts[: len(frame.categories)])
    if len(amounts) < len(frame.categories):
        amounts.append(whole - sum(amounts, Decimal(0)))
    return list(zip(frame.categories, amounts, strict=True))


def _write(frame: Frame, row: Payload) -> Call | None:
    """None when the parts do not make the whole."""
    whole = abs(row.decimal("amount"))
    parts = _parts(frame, whole)
    if parts and (sum(size for _, size in parts) != whole or any(size <= 0 for _, size in parts)):
        return None
    said = [{"category": category, "amount": f"{size:f}"} for category, size in parts]
    return Call("split_transaction", {"transaction_id": row.text("transaction_id"), "parts": said})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    row = row_of(_newest(frame), results)
    write = _write(frame, row) if row else None
    return (_newest(frame), write) if write else (_newest(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    row = row_of(_newest(frame), results)
    if row is None:
        return "I find no such payment to split."
    if _write(frame, row) is None:
        return f"Those parts do not add up to it: {described(row)}. Please say the amounts again."
    parts = _parts(frame, abs(row.decimal("amount")))
    if not parts:
        return f"It is whole again: {described(row)}."
    told = joined([f"{money(size, row.currency)} for {category_name(category)}" for category, size in parts])
    return f"Split: {described(row)}, is {told}."


INTENT: Final = Intent(name="split", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
