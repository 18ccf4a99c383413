"""A tag put on the newest payment that fits or taken off it, or a note written beside it."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.records.which_transaction import described, newest, row_of, unnamed
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Payload, Results

_WORD: Final = r"[\"'“]?(?P<{}>[\w-]{{2,30}})"
_TAG: Final = re.compile(
    rf"\btag\b[^?]*?\b(?:as|with)\s+{_WORD.format('tag')}|\badd (?:the |a )?tag {_WORD.format('second')}|"
    rf"\b(?:remove|delete|take off|drop) (?:the |a )?(?:tag {_WORD.format('off')}|{_WORD.format('bare')} tag\b)|"
    rf"\b(?!(?:the|a|my|to|tag)\b){_WORD.format('named')} tag (?:to |from |on )?(?:add|put|remove)?"
)
_VERB: Final = re.compile(
    r"^(?:please |can you |could you )?(?:tag|(?:add|put|remove|delete|take off|drop) (?:a |the )?(?:[\w-]+ )?tag)\b|"
    r"\b(?:tag|[\w-]+ tag) (?:add|put|remove|as)\b"
)
_REMOVE: Final = re.compile(r"\b(?:remove|delete|take off|drop)\b")
_ROW: Final = r"(?:transactions?|payments?|orders?|purchases?|expenses?|entry|txn)"
_NOTE: Final = re.compile(
    rf"\b(?:add|put|write|leave|attach) (?:a |the )?note\b|\bnote\b[^?]*\b{_ROW}\b|\b{_ROW}\b[^?]*\bnote\b"
)
_NOTED: Final = re.compile(
    r"\bnote\b[^:\"“']*?(?:[:\"“']|\b(?:saying|that says|says|ki|that|as)\b)\s*(?P<note>.+)$", re.IGNORECASE
)
_QUOTED: Final = re.compile(
    r"\bnote\b[^:\"“'‘]*?(?:\"(?P<double>[^\"]+)\"|“(?P<curly>[^”]+)”|(?<!\w)['‘](?P<single>.+?)['’](?!\w))",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"^(?:how|what|which|show|list|do|does|is|are|find)\b")


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    return not _QUESTION.search(text) and bool(_VERB.search(text) or _NOTE.search(text))


def _tag(frame: Frame) -> str | None:
    match = _TAG.search(frame.text)
    return next((word for word in match.groups() if word), None) if match else None


def _noting(frame: Frame) -> bool:
    return not _VERB.search(frame.text)


def _note(frame: Frame) -> str:
    """The note in the words as they were typed."""
    match = _QUOTED.search(frame.said) or _NOTED.search(frame.said)
    return next(one for one in match.groups() if one).strip(" .\"'“”") if match else ""


def _payee(frame: Frame) -> str | None:
    words = (_note(frame).lower(), _tag(frame) or "")
    return next((one for one in frame.payees if not any(one.lower() in word for word in words if word)), None)


def _missing(frame: Frame) -> Missing | None:
    if _noting(frame) and not _note(frame):
        return Missing("What shall the note say?", "note: {}", free=True)
    if not _noting(frame) and _tag(frame) is None:
        return Missing("With which word shall I tag it?", "as {}")
    return unnamed(frame, _payee(frame))


def _newest(frame: Frame) -> Call:
    return newest(frame, _payee(frame))


def _write(frame: Frame, row: Payload) -> Call:
    about: dict[str, object] = {"transaction_id": row.text("transaction_id")}
    if _noting(frame):
        return Call("tag_transaction", about | {"note": _note(frame)})
    return Call("tag_transaction", about | {"remove_tags" if _REMOVE.search(frame.text) else "add_tags": [_tag(frame)]})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    row = row_of(_newest(frame), results)
    return (_newest(frame), _write(frame, row)) if row else (_newest(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    row = row_of(_newest(frame), results)
    if row is None:
        return "I find no such payment."
    if _noting(frame):
        return f"The note stands beside it now: {described(row)}."
    done = "Took the tag off" if _REMOVE.search(frame.text) else "Tagged"
    return f"{done} “{_tag(frame)}”: {described(row)}."


INTENT: Final = Intent(name="tags", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
