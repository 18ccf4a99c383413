"""A message that leans on the one before, merged into what that one was about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from agents.models.offline import periods
from agents.models.offline.asked_periods import compared, resolved
from agents.models.offline.follow_ups import (
    THEY,
    about_the_same,
    asks_for_rows,
    asks_which_more,
    behind_the_payee,
    of_the_trend,
    with_exclusions,
    with_subjects,
)
from agents.models.offline.frame import Frame
from agents.models.offline.framing import frame_of
from agents.models.offline.intent import Intent
from agents.models.offline.intents import festivals, recurring, spending, transactions
from agents.models.offline.kinds import INTENTS, intent_of
from agents.models.offline.mentions import Mentions, find_mentions
from agents.models.offline.periods import Period
from agents.models.offline.shapes import Shape, flow_shape

_REASONS: Final = 5


def merged(mentions: Mentions, intent: Intent | None, context: Frame, today: date) -> Frame:
    """The context with every slot replaced that the message fills."""
    asked_anew = _asked_anew(mentions, context, today)
    if asked_anew is not None:
        return asked_anew
    chosen = intent if intent is not None and intent.name != context.intent else intent_of(context)
    same = about_the_same(mentions, context)
    if same:
        chosen = transactions.INTENT if asks_for_rows(mentions) else intent_of(context)
    if context.intent == recurring.INTENT.name and mentions.says(THEY):
        chosen = recurring.INTENT
    fresh = frame_of(mentions, chosen, today)
    anchor = context.periods[0] if context.periods else periods.month_of(today)
    named = resolved(mentions.periods, anchor)
    shape = fresh.shape if fresh.shape is not Shape.TOTAL or chosen.name != context.intent else context.shape
    frame = replace(
        fresh, shape=of_the_trend(shape, mentions, context), periods=named or context.periods or fresh.periods
    )
    if shape is Shape.COMPARE or (shape is Shape.WHY and named):
        frame = replace(frame, periods=compared(named, mentions, context, today))
    elif context.shape is Shape.COMPARE and len(named) == 1:
        frame = replace(frame, shape=Shape.TOTAL)
    if frame.shape is Shape.AVERAGE and periods.adjacent(frame.periods):
        frame = replace(frame, periods=(Period(frame.periods[0].start, frame.periods[-1].end),))
    if same or (not (mentions.categories or mentions.payees) and chosen.name == context.intent):
        frame = with_subjects(frame, context)
    if mentions.account is None:
        frame = replace(frame, account=context.account, choice=context.choice)
    if mentions.condition is None:
        frame = replace(frame, minimum=context.minimum, maximum=context.maximum)
    return replace(
        with_exclusions(frame, mentions, context),
        quantities=frame.quantities.over(context.quantities),
        weekdays=frame.weekdays or (frozenset() if chosen.name != context.intent else context.weekdays),
        limit=frame.limit or context.limit,
        group=frame.group or (context.group if shape is context.shape else None),
    )


def _asked_anew(mentions: Mentions, context: Frame, today: date) -> Frame | None:
    """The context in another shape: with the days of a festival, side against side, or as the payments behind it."""
    if context.intent == festivals.INTENT.name and mentions.periods:
        first = find_mentions(context.cased, today)
        asked = next((one for one in INTENTS if one is not festivals.INTENT and one.recognises(first)), spending.INTENT)
        return replace(
            frame_of(first, asked, today), periods=resolved(mentions.periods, periods.month_of(today)), payees=()
        )
    if asks_which_more(mentions, context):
        return replace(context, shape=Shape.COMPARE, text=mentions.text)
    if behind_the_payee(flow_shape(mentions), mentions, context):
        rows = frame_of(mentions, transactions.INTENT, today)
        rows = replace(rows, shape=Shape.LARGEST, limit=_REASONS, periods=context.periods, account=context.account)
        return replace(rows, payees=mentions.payees or context.payees, categories=context.categories)
    return None
