"""From the person's messages to one frame: each message by itself, or merged into what it follows up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from agents.models.offline import periods
from agents.models.offline.clarification import choice_in
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents import (
    advice,
    balances,
    cash_flow,
    goals,
    income,
    net_worth,
    planning,
    profile,
    recurring,
    requests_to_change,
    small_talk,
    spending,
    transactions,
)
from agents.models.offline.language.clauses import clauses
from agents.models.offline.language.reading import readable
from agents.models.offline.mentions import Mentions, find_mentions
from agents.models.offline.period_parser import PeriodMention, RelativePeriod
from agents.models.offline.periods import Period
from agents.models.offline.quantities import Quantities
from agents.models.offline.shapes import Shape, flow_shape, group_by

# The first that recognises a question takes it: what must not be misread comes first, what is broad comes last.
INTENTS: Final[tuple[Intent, ...]] = (
    small_talk.INTENT,
    requests_to_change.INTENT,
    advice.INTENT,
    profile.INTENT,
    planning.INTENT,
    goals.INTENT,
    recurring.INTENT,
    net_worth.INTENT,
    balances.INTENT,
    transactions.INTENT,
    cash_flow.INTENT,
    income.INTENT,
    spending.INTENT,
)
_BY_NAME: Final = {intent.name: intent for intent in INTENTS}
_CONNECTED: Final = re.compile(
    r"^(?:and|also|what about|how about|what of|same (?:for|but)|then|ok(?:ay)?[, ]|only|just|but|now|so|or|instead|make (?:it|that))\b"
)
_CORRECTION: Final = re.compile(
    r"^(?:(?:no|nope|nah|sorry|oops|wait|actually|not that|i mean|i meant|i said|rather|instead|correction)\b[,.:!]*\s*(?:but\s+)?)+"
)
_REJECTED: Final = re.compile(
    r"^not (?:the |in |on |for )*[\w' ]+?(?:,| but) (?:i (?:meant|mean|said) )?(?=\w)|,? (?:and )?not [\w' ]+$"
)
_BACK_REFERENCE: Final = re.compile(r"\b(?:that|it|this|those|them|these|same)\b")
_TIMED: Final = frozenset({"spending", "income", "cash_flow", "transactions"})


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the person and what the assistant had said right before it."""

    text: str
    after: str = ""


def intent_of(frame: Frame) -> Intent:
    """The intent a frame belongs to."""
    return _BY_NAME[frame.intent]


def understand(said: Sequence[Said], today: date) -> tuple[Frame, ...]:
    """The frames of the last message, one for each thing it asks, with the earlier messages as their context.

    Empty when it is not understood.
    """
    context: Frame | None = None
    frames: tuple[Frame, ...] = ()
    for message in said:
        frames = _frames(message, context, today)
        context = next((one for one in reversed(frames) if intent_of(one).carries), context)
    return frames


def _frames(message: Said, context: Frame | None, today: date) -> tuple[Frame, ...]:
    text = readable(message.text)
    chosen = choice_in(text.lower(), message.after)
    if chosen is not None and context is not None:
        return (replace(context, choice=chosen),)
    parts = clauses(text)
    if len(parts) > 1:
        frames = _each(parts, context, today)
        if frames:
            return frames
    frame = _read(text, context, today)
    return (frame,) if frame is not None else ()


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
    corrected = _CORRECTION.sub("", question.lower()) if context is not None else question.lower()
    correcting = len(corrected) < len(question) and bool(corrected)
    if correcting or (context is not None and _REJECTED.search(corrected)):
        rest = question[len(question) - len(corrected) :]
        question, correcting = _REJECTED.sub("", rest) or rest, True
    mentions = find_mentions(question, today)
    intent = next((one for one in INTENTS if one.recognises(mentions)), None)
    if context is not None and (_corrects(correcting, intent) or _follows_up(mentions, intent, context)):
        return _merged(mentions, intent, context, today)
    compared = len(mentions.periods) > 1 and flow_shape(mentions) is Shape.COMPARE
    if intent is None and (mentions.categories or mentions.payees or compared):
        only_income = mentions.categories and set(mentions.categories) <= income.INCOME_CATEGORIES
        intent = income.INTENT if only_income else spending.INTENT
    return _frame(mentions, intent, today) if intent is not None else None


def _corrects(correcting: bool, intent: Intent | None) -> bool:
    return correcting and (intent is None or intent.carries)


def _follows_up(mentions: Mentions, intent: Intent | None, context: Frame) -> bool:
    """Whether the message leans on the one before: it says so, or it is too short to stand alone."""
    if intent is not None and not intent.carries:
        return False
    shaped = flow_shape(mentions) is not Shape.TOTAL or group_by(mentions) is not None
    says_something = bool(
        mentions.periods or mentions.subjects or mentions.account or mentions.limit or mentions.quantities or shaped
    )
    if not says_something and mentions.condition is None:
        return intent is not None and bool(_CONNECTED.search(mentions.text))
    if intent is None:
        return True
    return bool(_CONNECTED.search(mentions.text)) or (
        intent.name == context.intent and mentions.says(_BACK_REFERENCE) and not mentions.subjects
    )


def _frame(mentions: Mentions, intent: Intent, today: date) -> Frame:
    anchor = periods.month_of(today, -1)
    condition = mentions.condition
    return Frame(
        intent=intent.name,
        shape=intent.shape(mentions),
        text=mentions.text,
        today=today,
        periods=_resolved(mentions.periods, anchor),
        categories=mentions.categories,
        payees=mentions.payees,
        excluded_categories=mentions.excluded_categories,
        excluded_payees=mentions.excluded_payees,
        account=mentions.account,
        minimum=condition.minimum if condition else None,
        maximum=condition.maximum if condition else None,
        limit=mentions.limit,
        group=group_by(mentions),
        quantities=_with_deadline(mentions, today),
        cased=mentions.cased,
    )


def _with_deadline(mentions: Mentions, today: date) -> Quantities:
    """The quantities, with the last day of a future period as the day that a plan aims at."""
    for one in mentions.periods:
        if isinstance(one, Period):
            aimed = periods.shift(one, 12) if one.floating and one.end < today else one
            if aimed.end > today:
                return replace(mentions.quantities, deadline=aimed.end)
    return mentions.quantities


def _merged(mentions: Mentions, intent: Intent | None, context: Frame, today: date) -> Frame:
    """The context with every slot replaced that the message fills."""
    chosen = intent if intent is not None and intent.name != context.intent else intent_of(context)
    fresh = _frame(mentions, chosen, today)
    anchor = context.periods[0] if context.periods else periods.month_of(today)
    named = _resolved(mentions.periods, anchor)
    shape = fresh.shape if fresh.shape is not Shape.TOTAL or chosen.name != context.intent else context.shape
    frame = replace(fresh, shape=shape, periods=named or context.periods)
    if shape is Shape.COMPARE or (shape is Shape.WHY and named):
        frame = replace(frame, periods=_compared(named, context, today))
    elif context.shape is Shape.COMPARE and len(named) == 1:
        frame = replace(frame, shape=Shape.TOTAL)
    if not (mentions.categories or mentions.payees) and chosen.name == context.intent:
        frame = replace(frame, categories=context.categories, payees=context.payees)
    if mentions.account is None:
        frame = replace(frame, account=context.account, choice=context.choice)
    if mentions.condition is None:
        frame = replace(frame, minimum=context.minimum, maximum=context.maximum)
    return replace(
        frame,
        quantities=frame.quantities.over(context.quantities),
        limit=frame.limit or context.limit,
        group=frame.group or (context.group if shape is context.shape else None),
    )


def _compared(named: tuple[Period, ...], context: Frame, today: date) -> tuple[Period, ...]:
    """Two periods to compare: those named, or the context's with the one that is named."""
    if len(named) >= 2:
        return named
    before = context.periods[:1] or (periods.month_of(today),)
    if named:
        return (*before, _alike(before[0], named[0]))
    return context.periods if len(context.periods) >= 2 else (*before, periods.preceding(before[0]))


def _alike(base: Period, named: Period) -> Period:
    """A month compared with "last year" is compared with the same month of that year."""
    if base.days < 100 and named.days > 360:
        return periods.shift(base, -12 * (base.start.year - named.start.year))
    return named


def _resolved(mentioned: tuple[PeriodMention, ...], anchor: Period) -> tuple[Period, ...]:
    """Relative periods take their place next to the one before them, or to the anchor."""
    resolved: list[Period] = []
    for one in mentioned:
        if isinstance(one, RelativePeriod):
            base = resolved[-1] if resolved else anchor
            resolved.append(periods.preceding(base) if one is RelativePeriod.PREVIOUS else periods.shift(base, -12))
        else:
            resolved.append(one)
    return tuple(resolved)
