"""Net worth, assets and liabilities, today or on an earlier day."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.calculations import change, gap
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.wealth.loan_answers import loan_line
from agents.models.offline.intents.wealth.prepayments import LIST_LOANS
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, in_words, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import Shape, flow_shape

_CUES: Final = re.compile(
    r"\bnet ?-?worth\b|\bam i worth\b|\bi(?:'m| am) worth\b|\bassets?\b|\bliabilit|\bhow rich\b|"
    r"\b(?:my|total|all) (?:my |the |total )*debts?\b|\bwealth\b|"
    r"\bi owe\b|\bin debt\b|\b(?:any|much) debts?\b|\bdebts? (?:how much|total|left)\b|\bdebt[- ]free\b"
)
_FUNDS: Final = re.compile(r"\bequity\b|\bfunds?\b|\ballocation\b|\bdebt ratio\b")
_WHY: Final = re.compile(r"\bwhy\b|\breasons?\b")
_OWED: Final = re.compile(r"\bowe\b|\bdebts?\b|\bliabilit")


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text)) and mentions.account is None and not _FUNDS.search(mentions.text)


def _shape(mentions: Mentions) -> Shape:
    shape = flow_shape(mentions)
    return shape if shape in (Shape.COMPARE, Shape.BREAKDOWN, Shape.TREND) else Shape.TOTAL


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    """The days that are asked for; then, of what is owed now, the loans by their terms."""
    days = _days(frame)
    owed = _asks_debts(frame) and not frame.periods and results.get(days[0]) is not None
    return (*days, LIST_LOANS) if owed and LIST_LOANS.tool in frame.tools else days


def _asks_debts(frame: Frame) -> bool:
    return bool(_OWED.search(frame.text)) and "asset" not in frame.text


def _days(frame: Frame) -> tuple[Call, ...]:
    """One call per day asked for: the last day of each period; a change is seen from its eve to its end."""
    if not frame.periods:
        return (Call("get_net_worth", {}),)
    days = [one.until(frame.today).end for one in frame.periods]
    if frame.shape is Shape.TREND and len(days) == 1:
        start = frame.periods[0].start
        days.append(start.fromordinal(start.toordinal() - 1))
    if frame.shape is Shape.COMPARE and len(days) == 1:
        days.append(frame.today)
    return tuple(Call("get_net_worth", {"as_of": on.isoformat()} if on < frame.today else {}) for on in days)


def _answer(frame: Frame, results: Results) -> str:
    payloads = [results.of(call) for call in _days(frame)]
    if len(payloads) > 1:
        return _change(results, payloads)
    payload = payloads[0]
    if _asks_debts(frame):
        return _owed(payload, results.get(LIST_LOANS))
    worth = payload.decimal("net_worth")
    why = "I can tell how it changed between days, and not why. " if _WHY.search(frame.text) else ""
    sentence = (
        f"{why}Your net worth{_as_of(payload)} is {money(worth, payload.currency)}{in_words(worth)}: assets of "
        f"{money(payload.decimal('assets'), payload.currency)} less liabilities of "
        f"{money(abs(payload.decimal('liabilities')), payload.currency)}."
    )
    if frame.shape is Shape.BREAKDOWN:
        return f"{sentence}\n\n{_accounts(payload, payload.rows('accounts'))}"
    return sentence


def _as_of(payload: Payload) -> str:
    on = payload.day("as_of")
    return f" as of {day_name(on)}" if on else ""


def _accounts(payload: Payload, rows: list[Payload]) -> str:
    return bullets(f"{one.text('name')}: {money(one.decimal('balance'), payload.currency)}" for one in rows)


def _owed(payload: Payload, terms: Payload | None) -> str:
    """By the balances, and by the terms of the loans, whose accounts need not be kept."""
    rows = [one for one in payload.rows("accounts") if one.decimal("balance") < 0]
    owed = f"You owe {money(abs(payload.decimal('liabilities')), payload.currency)}{_as_of(payload)}."
    told = f"{owed}\n\n{_accounts(payload, rows)}" if rows else owed
    kept = {one.text("account_id") for one in rows}
    loans = [one for one in terms.rows("loans") if one.text("account_id") not in kept] if terms else []
    return f"{told}\n\nNot in that, by their terms:\n\n{bullets(map(loan_line, loans))}" if loans else told


def _change(results: Results, payloads: list[Payload]) -> str:
    ordered = sorted(payloads, key=lambda one: one.text("as_of"))
    first, last = ordered[0], ordered[-1]
    before, after = first.decimal("net_worth"), last.decimal("net_worth")
    verb = "grew" if after >= before else "fell"
    return (
        f"Your net worth {verb} by {gap(results, last, first, 'net_worth', last.currency)}"
        f"{change(results, first, last, 'net_worth')}, from "
        f"{money(before, first.currency)}{_as_of(first)} to {money(after, last.currency)}{_as_of(last)}."
    )


INTENT: Final = Intent(name="net_worth", recognises=_recognises, calls=_calls, answer=_answer, shape=_shape)
