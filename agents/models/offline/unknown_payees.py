"""A payee that is nowhere in the records: the answer asks which one is meant, or what kind of thing it is."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import suggest, which
from agents.models.offline.frame import Frame
from agents.models.offline.language.typos import distance
from agents.models.offline.periods import EARLIEST
from agents.models.offline.results import Call, Results
from agents.models.offline.wording import payee_name

_SUGGESTED: Final = 3
_SHORTEST: Final = 4


def payee_calls(frame: Frame, results: Results, asked: tuple[Call, ...]) -> tuple[Call, ...]:
    """What it takes to know whether the payees exist, once the calls that were asked about them found nothing."""
    calls: list[Call] = []
    for payee in frame.payees:
        if not _found_nothing(payee, results, asked):
            continue
        known = _anywhere(payee)
        calls.append(known)
        answer = results.get(known)
        if answer is not None and not answer.integer("count"):
            calls.append(_everyone(frame))
    return tuple(calls)


def unknown_payee(frame: Frame, results: Results) -> str | None:
    """The question to ask back about the first payee that is not in the records; None when all are.

    Nothing is asked of a payee that nothing on record resembles and that stands beside one that is on record.
    """
    for payee in frame.payees:
        answer = results.get(_anywhere(payee))
        if answer is None or answer.integer("count"):
            continue
        groups = results.of(_everyone(frame)).rows("groups")
        names = list(dict.fromkeys(payee_name(one.text("key")) for one in groups))
        near = _near(payee, names)
        said = f"I find no payment to or from “{payee_name(payee)}” in your records."
        if near:
            return f"{said} {which('payee', near) if len(near) > 1 else suggest('payee', near[0])}"
        if any((other := results.get(_anywhere(one))) is None or other.integer("count") for one in frame.payees):
            continue
        return (
            f"{said} If it is a payee, please give me the name as it stands in your statement; if it is a kind of "
            "spending, name the category, such as groceries, dining or travel."
        )
    return None


def _found_nothing(payee: str, results: Results, asked: tuple[Call, ...]) -> bool:
    about = [results.get(call) for call in asked if call.arguments.get("payee") == payee]
    return bool(about) and all(one is not None and one.integer("count") == 0 for one in about)


def _anywhere(payee: str) -> Call:
    return Call("search_transactions", {"payee": payee, "limit": 1})


def _everyone(frame: Frame) -> Call:
    return Call("get_spending", {"from": EARLIEST.isoformat(), "to": frame.today.isoformat(), "group_by": "payee"})


def _near(payee: str, names: list[str]) -> list[str]:
    """Names that share a word with what was typed, or have one that is spelt almost the same."""
    words = [word for word in re.findall(r"\w+", payee.lower()) if len(word) >= _SHORTEST]

    def close(name: str) -> bool:
        others = re.findall(r"\w+", name.lower())
        return any(word == other or _alike(word, other) for word in words for other in others)

    return [name for name in names if close(name)][:_SUGGESTED]


def _alike(word: str, other: str) -> bool:
    if len(other) < _SHORTEST:
        return False
    return distance(word, other) <= (1 if len(word) < 7 else 2)
