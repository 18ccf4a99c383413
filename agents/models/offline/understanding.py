"""From the person's messages to frames: each message by itself, or merged into what it follows up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from agents.models.offline.another_amount import with_another_amount
from agents.models.offline.another_name import about_another
from agents.models.offline.asked_periods import compares_with_usual
from agents.models.offline.clarification import choice_in
from agents.models.offline.corrections import without_correction
from agents.models.offline.follow_ups import follows_up
from agents.models.offline.frame import Frame
from agents.models.offline.framing import FLOWS, frame_of
from agents.models.offline.intent import Intent
from agents.models.offline.intents import (
    budgets,
    cash_flow,
    income,
    small_talk,
    spending,
    transactions,
    transfers,
    unclear,
)
from agents.models.offline.intents.records import add_transaction, recategorise
from agents.models.offline.intents.together import added_up
from agents.models.offline.intents.wealth import loans, taxes
from agents.models.offline.kinds import INTENTS, intent_of
from agents.models.offline.language.clauses import clauses
from agents.models.offline.language.reading import readable
from agents.models.offline.mentions import Mentions, find_mentions
from agents.models.offline.merging import merged
from agents.models.offline.one_of_them import about_one
from agents.models.offline.shapes import Shape, flow_shape
from agents.models.offline.text import clean

_ASKS: Final = re.compile(r"^(?:what|how|which|when|who|where|why|show|list|compare)\b")
# Told for what is asked beside it: "I earn 80k a month, how much should I save".
_PREMISE: Final = re.compile(r"^(?:i|we) (?:earn|make|get|have) \D*\d|^(?:my|our) (?:salary|income|pay) is \D*\d")
_CALCULATED: Final = frozenset({taxes.INTENT.name, loans.INTENT.name})
_LONGEST_REPLY: Final = 5
_TIMED: Final = FLOWS.keys() | {cash_flow.INTENT.name, transactions.INTENT.name}


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the person and what the assistant had said right before it."""

    text: str
    after: str = ""


def understand(said: Sequence[Said], today: date) -> tuple[Frame, ...]:
    """The frames of the last message, one for each thing it asks, with the earlier messages as their context.

    Empty when it is not understood.
    """
    earlier: list[Frame] = []
    frames: tuple[Frame, ...] = ()
    for message in said:
        summed = added_up(readable(message.text), earlier)
        frames = (summed,) if summed else _frames(message, earlier[-1] if earlier else None, today)
        earlier += [one for one in frames if intent_of(one).carries]
    return frames


def _frames(message: Said, context: Frame | None, today: date) -> tuple[Frame, ...]:
    text = readable(message.text)
    chosen = choice_in(text.lower(), message.after)
    if chosen is not None and context is not None:
        payees = chosen.options if chosen.kind == "payee" else context.payees
        if chosen.kind == unclear.KIND:
            return (replace(context, intent=unclear.INTENTS[chosen.options[0]], cased=""),)
        return (replace(context, choice=chosen, payees=payees),)
    reply = (
        with_another_amount(text, context, today)
        or _as_reply(text, context, today)
        or about_one(text, context)
        or about_another(text, context)
    )
    if reply is not None:
        return (reply,)
    for completed in (taxes.with_salary, budgets.with_category, recategorise.with_payment):
        text = completed(text, context)
    parts = clauses(text)
    asking = [one for one in parts if not _PREMISE.search(one.lower())] or parts
    frames = _each(asking, context, today) if len(parts) > 1 else ()
    whole = _read(text, context, today)
    if frames and (whole is None or not _is_one(frames, whole)):
        return frames
    return _both_flows(replace(whole, said=clean(message.text))) if whole is not None else ()


def _is_one(parts: Sequence[Frame], whole: Frame) -> bool:
    """Whether the parts are one question: "my salary is 32 lakh, which regime?". What one lacks the other has."""
    if intent_of(whole).missing(whole) is not None:
        return False
    if whole.intent == add_transaction.INTENT.name:
        return True
    calculated = {one.intent for one in parts} == {whole.intent} and whole.intent in _CALCULATED
    return any(intent_of(one).missing(one) is not None for one in parts) or (
        calculated and all(one.quantities == parts[0].quantities for one in parts)
    )


def _both_flows(frame: Frame) -> tuple[Frame, ...]:
    """ "Income and rent in October" is about money in and about money out."""
    out = tuple(one for one in frame.categories if one not in income.INCOME_CATEGORIES)
    if frame.intent != income.INTENT.name or not out or " and " not in frame.text:
        return (frame,)
    kept = tuple(one for one in frame.categories if one in income.INCOME_CATEGORIES)
    return replace(frame, categories=kept), replace(frame, intent=spending.INTENT.name, categories=out)


def _as_reply(text: str, context: Frame | None, today: date) -> Frame | None:
    """The context completed by what it had asked back for; None when nothing was asked or this is a new question."""
    if context is None:
        return None
    intent = intent_of(context)
    missing = intent.missing(context)
    if missing is None:
        return None
    mentions = find_mentions(text, today)
    other = next((one for one in INTENTS if one.recognises(mentions)), None)
    if (
        not missing.free
        and other is not None
        and other is not intent
        and not (other.carries and len(text.split()) <= _LONGEST_REPLY)
    ):
        return None
    if _ASKS.search(mentions.text) and other is not intent:
        return None
    return frame_of(find_mentions(missing.with_reply(context.cased, text), today), intent, today)


def _each(parts: Sequence[str], context: Frame | None, today: date) -> tuple[Frame, ...]:
    """A frame for every part, each in the context of the one before; empty when a part makes no sense by itself."""
    frames: list[Frame] = []
    for part in parts:
        frame = _read(part, context, today)
        if frame is None:
            return ()
        frames.append(frame)
        context = frame if intent_of(frame).carries else context
    telling = [one for one in frames if one.intent != small_talk.INTENT.name]
    return _with_shared_periods(telling or frames[:1])


def _with_shared_periods(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """A period that one part names holds for its neighbours that name none."""
    named = [one.periods for one in frames if one.intent in _TIMED and one.periods]
    shared: list[Frame] = []
    latest = named[0] if named else ()
    for one in frames:
        if one.intent in _TIMED:
            latest = one.periods or latest
            shared.append(one if one.periods else replace(one, periods=latest))
        else:
            shared.append(one)
    return tuple(shared)


def _read(question: str, context: Frame | None, today: date) -> Frame | None:
    question, correcting = without_correction(question) if context is not None else (question, False)
    mentions = find_mentions(question, today)
    intent = next((one for one in INTENTS if one.recognises(mentions)), None)
    if intent is spending.INTENT and mentions.categories:
        intent = _of_categories(mentions)
    if context is not None and (_corrects(correcting, intent) or follows_up(mentions, intent, context)):
        return merged(mentions, intent, context, today)
    shape = flow_shape(mentions)
    comparing = len(mentions.periods) > 1 and shape in (Shape.COMPARE, Shape.AVERAGE)
    comparing = comparing or (
        bool(mentions.periods) and (shape is Shape.BREAKDOWN or compares_with_usual(mentions, shape))
    )
    if intent is None and (mentions.categories or mentions.payees or mentions.weekdays or comparing):
        intent = _of_categories(mentions)
    if intent is None and unclear.only_a_period(mentions):
        intent = unclear.INTENT
    return _completed(frame_of(mentions, intent, today), intent, context) if intent is not None else None


def _of_categories(mentions: Mentions) -> Intent:
    """What a question about categories alone is about: money in, money moved, or money out."""
    asked = set(mentions.categories)
    gone = flow_shape(mentions) is Shape.SHARE and mentions.says(income.SPENT)
    if asked and asked <= income.INCOME_CATEGORIES and not gone:
        return income.INTENT
    return transfers.INTENT if asked == {"transfer"} and not mentions.payees else spending.INTENT


def _completed(frame: Frame, intent: Intent, context: Frame | None) -> Frame:
    """A question of the same kind as the one before need not say again what that one had said."""
    if context is None or context.intent != frame.intent or intent.missing(frame) is None:
        return frame
    return replace(frame, quantities=frame.quantities.over(context.quantities))


def _corrects(correcting: bool, intent: Intent | None) -> bool:
    return correcting and (intent is None or intent.carries)
