"""A payment, or all payments to a payee, put into another category, once or by a rule from now on."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.records.which_transaction import described, newest, row_of
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import category_name, payee_name

_VERB: Final = re.compile(
    r"\bre-?categori[sz]e\b|\bre-?classif|^(?:please |can you |could you )?categori[sz]e\b|\bchange\b[^?]*\bcategory\b|"
    r"\b(?:mark|move|put|file|classify|count|treat|label|set|change)\b[^?]*\b(?:as|under|into|in|to)\b|"
    r"^(?:that |the |my )*(?:last|latest) [\w' ]+ (?:is|was|should be) (?:for |a |an )?[\w ]+,? (?:and )?not [\w ]+$|"
    r"\b(?:in|under|into|as)\b[^?]*\b(?:put|mark|move|change)$|\bcategory\b[^?]*\bchange\b"
)
_NOT: Final = re.compile(r",? (?:and )?not [\w ]+$")
_IT: Final = re.compile(
    r"^(?:ok |please |and |no,? )*(?P<verb>move|change|mark|put|set|make) (?:it|this|that)(?: one)? "
    r"(?P<to>to|as|under|into) ",
    re.IGNORECASE,
)
_ALWAYS: Final = re.compile(r"\balways\b|\bfrom now on\b|\bin future\b|\brule\b|\bevery time\b|\bwhenever\b")
_ALL: Final = re.compile(r"\ball\b|\bevery\b|\beach\b|\b(?:transactions|payments|orders|purchases|spends)\b")
_QUESTION: Final = re.compile(r"^(?:and |so )?(?:how|what|when|why|which|am|is|are|do|does|did|show|list|where)\b")
_MONEY: Final = re.compile(r"\bgoal\b|\bbudget\b|₹|\brs\b|\blakh")


def with_payment(text: str, context: Frame | None) -> str:
    """ "Move it to shopping" with the last payment of the payee that was just listed in place of "it"."""
    listed = context is not None and context.intent == "transactions" and context.place in (None, 0)
    if context is None or not listed or len(context.payees) != 1 or not _IT.search(text.lower()):
        return text
    return _IT.sub(lambda match: f"{match['verb']} my last {context.payees[0]} payment {match['to']} ", text)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if _QUESTION.search(text) or _MONEY.search(text) or not _VERB.search(text):
        return False
    explicit = bool(re.search(r"categor|classif", text))
    return explicit or bool(mentions.payees and mentions.categories) or bool(_ROW.search(text) and mentions.categories)


_ROW: Final = re.compile(r"\b(?:transaction|payment|order|purchase|expense|entry)\b")


def _missing(frame: Frame) -> Missing | None:
    if not frame.payees and not _ROW.search(frame.text):
        return Missing("Which payee's payments do you mean?", "of {}")
    if not frame.categories:
        return Missing("Into which category? For example groceries, dining or gifts.", "to {}")
    return None


def _category(frame: Frame) -> str:
    """The last one, or the first of "groceries, not shopping"."""
    return frame.categories[0 if _NOT.search(frame.text) else -1]


def _newest(frame: Frame) -> Call:
    return newest(frame, frame.payees[0] if frame.payees else None)


def _write(frame: Frame, row: Payload | None) -> Call:
    if frame.payees and _ALWAYS.search(frame.text):
        return Call("add_category_rule", {"pattern": frame.payees[0], "category": _category(frame)})
    if frame.payees and _ALL.search(frame.text):
        arguments: dict[str, object] = {"payee": frame.payees[0], "new_category": _category(frame)}
        if frame.period:
            arguments |= {"from": frame.period.start.isoformat(), "to": frame.period.end.isoformat()}
        return Call("recategorise_transactions", arguments)
    about = row.text("transaction_id") if row else ""
    return Call("recategorise_transaction", {"transaction_id": about, "category": _category(frame)})


def _single(frame: Frame) -> bool:
    return _write(frame, None).tool == "recategorise_transaction"


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    if not _single(frame):
        return (_write(frame, None),)
    row = row_of(_newest(frame), results)
    return (_newest(frame), _write(frame, row)) if row else (_newest(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    name = category_name(_category(frame))
    if not _single(frame):
        who = payee_name(frame.payees[0])
        lasting = " from now on as well" if _ALWAYS.search(frame.text) else ""
        return f"Done: payments to {who} count as {name}{lasting}."
    row = row_of(_newest(frame), results)
    if row is None:
        return f"I find no payment to “{payee_name(frame.payees[0])}”." if frame.payees else "I find no such payment."
    return f"Done: {described(row)}, counts as {name} now."


INTENT: Final = Intent(
    name="recategorise", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing, carries=True
)
