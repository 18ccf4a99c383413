"""Entries by hand that a bank's file brought once more: which there are, and making one of two."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.records.which_transaction import described
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, times
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import payee_name

_CUES: Final = re.compile(
    r"\bdoubles\b|\bdouble\b[^?]*\bentr(?:y|ies)\b|\bdouble (?:entr(?:y|ies)|records?|count\w*|transactions?)\b|"
    r"\b(?:entered|recorded|counted|"
    r"imported|listed|came) "
    r"(?:in )?twice\b|\b(?:duplicate|same) (?:entr(?:y|ies)|records?)\b|\bmerge\b|\bmy entry and the bank"
)
_MERGE: Final = re.compile(r"\bmerge\b|\bmake (?:them )?one\b|\bcount\b[^?]*\bonce\b|\bremove\b|\bdelete\b|\bcombine\b")
_QUESTION: Final = re.compile(r"^(?:and )?(?:what|which|how|show|list|tell|do|are|is|any|did|was|find)\b")
_LIST: Final = Call("find_doubles", {"limit": 20})


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text))


def _merging(frame: Frame) -> bool:
    return bool(_MERGE.search(frame.text)) and not _QUESTION.search(frame.text)


def _one(frame: Frame, results: Results) -> Payload | str:
    """The pair that is meant: by the payee, or the only one."""
    pairs = results.of(_LIST).rows("doubles")
    wanted = frame.choice.options if frame.choice is not None and frame.choice.kind == "payee" else frame.payees
    named = [one for one in pairs if any(name.lower() in _payee(one).lower() for name in wanted)]
    kept = named or ([] if wanted else pairs)
    if not kept:
        return "I find no entry of yours that the bank's file brought once more."
    return kept[0] if len(kept) == 1 else which("payee", list(dict.fromkeys(map(_payee, kept))))


def _payee(pair: Payload) -> str:
    return payee_name(pair.part("entered").text("payee"))


def _write(pair: Payload) -> Call:
    ids = {f"{side}_id": pair.part(side).text("transaction_id") for side in ("entered", "booked")}
    return Call("merge_double", ids)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if results.get(_LIST) is None or not _merging(frame):
        return (_LIST,)
    pair = _one(frame, results)
    return (_LIST,) if isinstance(pair, str) else (_LIST, _write(pair))


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_LIST)
    if _merging(frame):
        pair = _one(frame, results)
        return pair if isinstance(pair, str) else f"It counts once now: {described(pair.part('booked'))}."
    pairs = found.rows("doubles")
    if not pairs:
        return "No entry of yours seems to have come once more from the bank."
    lines = [
        f"your entry {described(one.part('entered'))}; the bank's line {described(one.part('booked'))}" for one in pairs
    ]
    pairs_found = times(found.integer("count"), "pair")
    return f"{pairs_found} may be the same payment:\n\n{bullets(lines)}\n\nTell me to merge them."


INTENT: Final = Intent(name="doubles", recognises=_recognises, calls=_calls, answer=_answer)
