"""From the person's messages to one frame: each message by itself, or merged into what it follows up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from agents.models.offline import periods
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
from agents.models.offline.mentions import Mentions, find_mentions
from agents.models.offline.period_parser import PeriodMention, RelativePeriod
from agents.models.offline.periods import Period
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
    r"^(?:and|also|what about|how about|what of|same (?:for|but)|then|ok(?:ay)?[, ]|only|just|but|now|so|or)\b"
)
_BACK_REFERENCE: Final = re.compile(r"\b(?:that|it|this|those|them|these|same)\b")


def intent_of(frame: Frame) -> Intent:
    """The intent a frame belongs to."""
    return _BY_NAME[frame.intent]


def understand(questions: Sequence[str], today: date) -> Frame | None:
    """The frame of the last question, with the earlier ones as its context; None when it is not understood."""
    context: Frame | None = None
    frame: Frame | None = None
    for question in questions:
        frame = _read(question, context, today)
        if frame is not None and intent_of(frame).carries:
            context = frame
    return frame


def _read(question: str, context: Frame | None, today: date) -> Frame | None:
    mentions = find_mentions(question, today)
    intent = next((one for one in INTENTS if one.recognises(mentions)), None)
    if context is not None and _follows_up(mentions, intent, context):
        return _merged(mentions, intent, context, today)
    compared = len(mentions.periods) > 1 and flow_shape(mentions) is Shape.COMPARE
    if intent is None and (mentions.categories or mentions.payees or compared):
        only_income = mentions.categories and set(mentions.categories) <= income.INCOME_CATEGORIES
        intent = income.INTENT if only_income else spending.INTENT
    return _frame(mentions, intent, today) if intent is not None else None


def _follows_up(mentions: Mentions, intent: Intent | None, context: Frame) -> bool:
    """Whether the message leans on the one before: it says so, or it is too short to stand alone."""
    if intent is not None and not intent.carries:
        return False
    shaped = flow_shape(mentions) is not Shape.TOTAL or group_by(mentions) is not None
    says_something = bool(mentions.periods or mentions.subjects or mentions.account or mentions.limit or shaped)
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
    )


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
        frame = replace(frame, account=context.account)
    if mentions.condition is None:
        frame = replace(frame, minimum=context.minimum, maximum=context.maximum)
    return replace(
        frame,
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
