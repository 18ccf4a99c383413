"""Accounts that stand twice, by Fi and of the person's own making: which there are, and settling one pair."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results

_ACCOUNT: Final = re.compile(r"\b(?:accounts?|cards?|khaat[ae]|khate)\b")
_TWICE: Final = re.compile(r"\btwice\b|\bdoubles?\b|\bduplicates?\b|\b(?:2|two|do) (?:times|baa?r)\b")
_FI: Final = re.compile(r"\bfi\b")
_DECISIONS: Final = {
    "separate": re.compile(r"\bseparate\b|\bdifferent accounts?\b|\balag\b|\bnot the same\b"),
    "leave_out": re.compile(r"\bleave\b[^?]*\bout\b|\bignore\b|\bexclude\b|\bdo not (?:count|keep)\b|\bchhod\b"),
    "merge": re.compile(r"\bmerge\b|\bthe same account\b|\bone account\b|\bek (?:hi )?(?:account|khata)\b"),
}
_QUESTION: Final = re.compile(r"^(?:and )?(?:what|which|how|show|list|tell|do|are|is|any|did|was|find|kaun|kya)\b")
_LIST: Final = Call("list_fi_doubles", {})
_DONE: Final = {
    "merge": "They are the same account now: {own}, which has {balance}.",
    "leave_out": "What Fi tells of {reported} is left out now; {own} stays as it is, with {balance}.",
    "separate": "They are separate accounts, {reported} and {own}, and both count.",
}


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if not _ACCOUNT.search(text):
        return False
    return bool(_TWICE.search(text) or (_FI.search(text) and _decision(text)))


def _decision(text: str) -> str | None:
    """What is said of a pair; a question says nothing."""
    if _QUESTION.search(text):
        return None
    return next((decision for decision, said in _DECISIONS.items() if said.search(text)), None)


def _one(frame: Frame, results: Results) -> Payload | str:
    """The pair that is meant: by words of the names, or the only one that nothing was said of."""
    pairs = results.of(_LIST).rows("doubles")
    if frame.choice is not None and frame.choice.kind == "account":
        named = [one for one in pairs if one.part("reported").text("name") in frame.choice.options]
    else:
        named = [one for one in pairs if _is_named(one, frame.text)]
    kept = named or [one for one in pairs if not one.text("decision")] or pairs
    if not kept:
        return "No account that Fi brought is one of your own making as well."
    return kept[0] if len(kept) == 1 else which("account", [one.part("reported").text("name") for one in kept])


def _is_named(pair: Payload, text: str) -> bool:
    """Whether a word tells this pair from others: a number, or the name of the person's own account."""
    names = f"{pair.part('reported').text('name')} {pair.part('own').text('name')}".lower()
    words = set(re.findall(r"\w+", names)) - {"account", "bank", "savings", "card", "credit", "fi"}
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)


def _write(pair: Payload, decision: str) -> Call:
    reported, own = (pair.part(side).text("account_id") for side in ("reported", "own"))
    return Call("resolve_fi_double", {"account_id": reported, "own_account_id": own, "decision": decision})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    decision = _decision(frame.text)
    if decision is None or results.get(_LIST) is None:
        return (_LIST,)
    pair = _one(frame, results)
    return (_LIST,) if isinstance(pair, str) else (_LIST, _write(pair, decision))


def _answer(frame: Frame, results: Results) -> str:
    decision = _decision(frame.text)
    if decision is not None:
        pair = _one(frame, results)
        if isinstance(pair, str):
            return pair
        done = results.of(_write(pair, decision))
        return _DONE[decision].format(
            own=done.text("own_account"),
            reported=done.text("reported_account"),
            balance=money(done.decimal("balance"), done.currency),
        )
    pairs = [one for one in results.of(_LIST).rows("doubles") if not one.text("decision")]
    if not pairs:
        return "No account that Fi brought seems to be one of your own making as well."
    lines = [f"{_described(one.part('reported'))} from Fi, and your own {_described(one.part('own'))}" for one in pairs]
    return (
        f"These may be the same account, and both count until you say:\n\n{bullets(lines)}\n\nTell me to merge them, "
        "to leave the account of Fi out, or that they are separate accounts."
    )


def _described(account: Payload) -> str:
    return f"“{account.text('name')}” with {money(account.decimal('balance'), account.currency)}"


INTENT: Final = Intent(name="fi_doubles", recognises=_recognises, calls=_calls, answer=_answer, carries=False)
