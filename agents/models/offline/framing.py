"""What was found in a message put into the slots of its intent."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline import periods
from agents.models.offline.asked_periods import against_now, resolved, with_deadline
from agents.models.offline.flows import INCOME, SPENDING
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents import balances, income, spending
from agents.models.offline.intents.insights import changes
from agents.models.offline.mentions import Mentions
from agents.models.offline.months import EACH_YEAR
from agents.models.offline.period_parser import RelativePeriod
from agents.models.offline.periods import Period
from agents.models.offline.shapes import Shape, group_by
from agents.models.offline.unread import unread_words

_THE_DAY: Final = re.compile(r"\bsame (?:day|date)\b")
FLOWS: Final = {spending.INTENT.name: SPENDING, income.INTENT.name: INCOME}
_COMPARED: Final = FLOWS.keys() | {changes.INTENT.name}
# Of several accounts these tell all of them, each by itself.
_TOLD_BY_ACCOUNT: Final = FLOWS.keys() | {balances.INTENT.name}


def frame_of(mentions: Mentions, intent: Intent, today: date) -> Frame:
    """The frame of a message by itself."""
    condition = mentions.condition
    shape = intent.shape(mentions)
    return Frame(
        intent=intent.name,
        shape=shape,
        text=mentions.text,
        today=today,
        periods=_periods(mentions, intent, shape, today),
        categories=_asked_categories(mentions, intent, shape),
        payees=mentions.payees,
        excluded_categories=mentions.excluded_categories,
        excluded_payees=mentions.excluded_payees,
        account=None if mentions.several_accounts and intent.name in _TOLD_BY_ACCOUNT else mentions.account,
        minimum=condition.minimum if condition else None,
        maximum=condition.maximum if condition else None,
        limit=mentions.limit,
        group=group_by(mentions),
        quantities=with_deadline(mentions, today),
        cased=mentions.cased,
        said=mentions.cased,
        weekdays=mentions.weekdays,
        unread=() if mentions.subjects else unread_words(mentions.rest),
    )


def _periods(mentions: Mentions, intent: Intent, shape: Shape, today: date) -> tuple[Period, ...]:
    only_then = mentions.periods == (RelativePeriod.YEAR_AGO,) and shape is Shape.COMPARE
    so_far = periods.month_of(today).until(today)
    if only_then and intent.name in FLOWS:  # "more than at the same time last year": as many days of it
        return (so_far, *resolved(mentions.periods, so_far))
    anchor = periods.day(today) if _THE_DAY.search(mentions.text) else periods.month_of(today, -1)
    named = resolved(mentions.periods, anchor)
    if shape is Shape.AVERAGE and periods.adjacent(named):
        return (Period(named[0].start, named[-1].end),)
    if not named and intent.name in FLOWS and shape is Shape.TOTAL and EACH_YEAR.search(mentions.text):
        return (periods.last_months(today, 12),)
    return against_now(named, shape, mentions, today) if intent.name in _COMPARED else named


def _asked_categories(mentions: Mentions, intent: Intent, shape: Shape) -> tuple[str, ...]:
    """The categories that the intent can answer about: what share of the salary went on rent is about rent."""
    asked = mentions.categories
    if intent.name == spending.INTENT.name and shape is Shape.SHARE:
        return tuple(one for one in asked if one not in income.INCOME_CATEGORIES)
    if intent.name == income.INTENT.name and re.search(r"\b(?:before|after) tax", mentions.text):
        return tuple(one for one in asked if one != "tax")
    return asked
