"""What was changed of a transaction, undoing the latest change, and taking away what was entered by hand."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.records.which_transaction import described, newest, row_of, unnamed
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets
from agents.models.offline.results import Call, Payload, Results

_ROW: Final = r"(?:transaction|payment|order|purchase|expense|entry|txn)"
_DELETE: Final = re.compile(
    rf"\b(?:delete|remove|erase|cancel|drop|take away)\b[^?]*\b{_ROW}\b|\b{_ROW}\b[^?]*\b(?:delete|remove|erase)\b"
)
_RESTORE: Final = re.compile(
    rf"\b(?:undo|restore|revert|roll back|bring back|put back)\b|\b{_ROW}\b[^?]*\b(?:as|like) (?:it|they) (?:was|"
    rf"were)\b|"
    r"\bchange (?:it |that )?back\b"
)
_HISTORY: Final = re.compile(
    rf"\bhistory\b[^?]*\b{_ROW}\b|\b{_ROW}\b[^?]*\b(?:history|changes|changed|edited)\b|"
    rf"\b(?:who|what|how|when)\b[^?]*\b(?:changed|edited|changes)\b[^?]*\b{_ROW}\b|"
    rf"\bchanges (?:to|of|in|made to)\b[^?]*\b{_ROW}\b"
)
_OTHER: Final = re.compile(
    r"\b(?:goal|budget|tag|rule|subscription|account|standing|recurring|payment history (?:of|for|to|with)|"
    r"changed? (?:the )?category)\b"
)


def _tool(text: str) -> str | None:
    if _OTHER.search(text):
        return None
    if _RESTORE.search(text):
        return "restore_transaction"
    if _HISTORY.search(text):
        return "get_transaction_history"
    return "delete_transaction" if _DELETE.search(text) else None


def _payee(frame: Frame) -> str | None:
    return frame.payees[0] if frame.payees else None


def _missing(frame: Frame) -> Missing | None:
    return unnamed(frame, _payee(frame))


def _newest(frame: Frame) -> Call:
    return newest(frame, _payee(frame))


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    row = row_of(_newest(frame), results)
    if row is None:
        return (_newest(frame),)
    write, history = _call(frame, row, results), _history(row)
    if write is None:
        return _newest(frame), history
    return (_newest(frame), history, write) if write.tool == "restore_transaction" else (_newest(frame), write)


def _history(row: Payload) -> Call:
    return Call("get_transaction_history", {"transaction_id": row.text("transaction_id")})


def _call(frame: Frame, row: Payload, results: Results) -> Call | None:
    """The change that is wanted; None when only its history is, or when there is nothing to undo."""
    about: dict[str, object] = {"transaction_id": row.text("transaction_id")}
    if _tool(frame.text) == "delete_transaction":
        return Call("delete_transaction", about)
    history = results.get(_history(row))
    versions = history.rows("versions") if history else []
    if _tool(frame.text) == "get_transaction_history" or not versions:
        return None
    return Call("restore_transaction", about | {"version": versions[-1].integer("version") - 1})


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    row = row_of(_newest(frame), results)
    if row is None:
        return "I find no such transaction."
    if _tool(frame.text) == "delete_transaction":
        return f"Deleted: {described(row)}."
    versions = results.of(_history(row)).rows("versions")
    if not versions:
        return f"It is as it was recorded, nothing of it was changed: {described(row)}."
    if _tool(frame.text) == "restore_transaction":
        return f"The latest change is undone: {described(row)}."
    lines = [_line(one) for one in versions]
    return f"Changes of {described(row)}:\n\n{bullets(lines)}"


def _line(version: Payload) -> str:
    on = version.day("changed_at")
    return f"{version.text('change').replace('_', ' ')}, by {version.text('actor')}" + (
        f", on {day_name(on)}" if on else ""
    )


def _recognises(mentions: Mentions) -> bool:
    return _tool(mentions.text) is not None


INTENT: Final = Intent(name="undo", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
