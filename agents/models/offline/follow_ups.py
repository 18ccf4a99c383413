"""Whether a message leans on the one before, and what it takes over from it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.framing import FLOWS
from agents.models.offline.intent import Intent
from agents.models.offline.intents import cards, cash_flow, income, recurring, spending
from agents.models.offline.intents.insights.changes import measure_of
from agents.models.offline.intents.wealth import by_name, loans
from agents.models.offline.mentions import Mentions
from agents.models.offline.shapes import Shape, flow_shape, group_by

_CONNECTED: Final = re.compile(
    r"^(?:and|also|what about|how about|what of|same (?:for|but)|then|ok(?:ay)?[, ]|only|just|but|now|so|or|minus|less|"
    r"instead|make (?:it|that)|(?:as|in|what) (?:a |an )?(?:share|percent\w*|fraction|proportion))\b"
)
_BACK_REFERENCE: Final = re.compile(r"\b(?:that|it|this|those|them|these|same)\b")
THEY: Final = re.compile(r"\b(?:they|them|those|these)\b")
_EACH: Final = re.compile(r"\b(?:a|per|every|each|in a) (?:month|week|day|year|annum)\b|\b(?:month|year|week|dai)ly\b")
_THE_ROWS: Final = re.compile(
    r"^(?:and |please |ok |can you )*(?:show|list|see|display|give)(?: me| us)?(?: all)?(?: of)?"
    r" (?:the|those|these|them)(?: (?:transactions|txns|payments|entries|purchases|orders))?\W*$"
)
_ROWS_OF_IT: Final = re.compile(
    r"^(?:and |so |ok )*(?:how many (?:times|orders|transactions|txns|payments|purchases|visits|rides|trips)?|"
    r"(?:(?:what|which)(?: one)?(?: is|'s| was) )?(?:the )?(?:biggest|largest|costliest|smallest|cheapest)"
    r"(?: (?:one|order|transaction|payment|purchase))?)(?: (?:was|were|is|in all|in total|of them|did i make))*\W*$"
)
_GROUPED: Final = re.compile(
    r"^(?:and |now |ok |only )*(?:by|per|for each|in each|split by) "
    r"(?:category|categories|month|payee|merchant|account|shop)\W*$|"
    r"^(?:category|month|merchant|payee|account)[ -]?wise\W*$"
)
_SINCE_WHEN: Final = re.compile(r"^(?:and )?(?:since when|when did i (?:first|last|\w+ (?:it|this|that)))\b")
_DUE: Final = re.compile(r"\bdue\b|\bwhen\b|\bminimum\b|\blimit\b|\bbills?\b")
_SHORT: Final = 7
_WHICH_MORE: Final = re.compile(
    r"^(?:and |so |ok |in |on |at )*(?:which|what|where)(?: one| of them| of these)?(?: is| was| did i)?(?: spend)? "
    r"(?:more|most|less|higher|highest|lower|bigger|costlier|cheaper)\W*$"
)
_TOLD: Final = FLOWS.keys() | {cash_flow.INTENT.name}
_TOO: Final = re.compile(r"\b(?:too|also|as well)\b")


def follows_up(mentions: Mentions, intent: Intent | None, context: Frame) -> bool:
    """Whether the message leans on the one before: it says so, or it is too short to stand alone."""
    if (intent is not None and not intent.carries) or context.intent == by_name.INTENT.name:
        return False
    if about_the_same(mentions, context):
        return True
    shaped = flow_shape(mentions) is not Shape.TOTAL or group_by(mentions) is not None
    says_something = bool(
        mentions.periods
        or mentions.subjects
        or mentions.account
        or mentions.limit
        or mentions.quantities
        or mentions.weekdays
        or shaped
    )
    if context.intent == recurring.INTENT.name and mentions.says(THEY) and not mentions.subjects:
        return True
    if not says_something and mentions.condition is None:
        return intent is not None and bool(_CONNECTED.search(mentions.text))
    if intent is None:
        return True
    return bool(_CONNECTED.search(mentions.text)) or (
        intent.name == context.intent and mentions.says(_BACK_REFERENCE) and not mentions.subjects
    )


def about_the_same(mentions: Mentions, context: Frame) -> bool:
    """Whether it asks for the same thing otherwise: its payments, or what it comes to each month, or of the income."""
    if _of_the_loan(mentions, context) or _of_the_card(mentions, context) or asks_which_more(mentions, context):
        return True
    if _asks_why_other(mentions, context):
        return True
    if context.intent not in FLOWS or mentions.payees or mentions.account is not None:
        return False
    if asks_for_rows(mentions) or _GROUPED.search(mentions.text):
        return True
    if flow_shape(mentions) is Shape.SHARE and not set(mentions.categories) - income.INCOME_CATEGORIES:
        return _CONNECTED.search(mentions.text) is not None or mentions.says(_BACK_REFERENCE)
    bare = mentions.text.startswith(("how much a", "how much per", "and how much a", "and how much per"))
    back = (bare or mentions.says(_BACK_REFERENCE)) and not mentions.categories
    return back and _EACH.search(mentions.text) is not None


def _of_the_loan(mentions: Mentions, context: Frame) -> bool:
    """Whether interest is asked of the loan that was just worked out, and not of the accounts."""
    return context.intent == loans.INTENT.name and mentions.categories == ("interest",) and not mentions.periods


def _of_the_card(mentions: Mentions, context: Frame) -> bool:
    """Whether it is asked when what is owed on the card is due, or for the least of it."""
    asked = _DUE.search(mentions.text) and not (mentions.subjects or mentions.account or mentions.periods)
    return context.intent == cards.INTENT.name and bool(asked) and len(mentions.text.split()) <= _SHORT


def _asks_why_other(mentions: Mentions, context: Frame) -> bool:
    """Whether it is asked why what was told differs from another period: "why less than in July"."""
    bare = mentions.periods and not (mentions.subjects or mentions.account or measure_of(mentions.text))
    return context.intent in _TOLD and flow_shape(mentions) is Shape.WHY and bool(bare)


def asks_which_more(mentions: Mentions, context: Frame) -> bool:
    """Whether the sides that were told are to be compared."""
    sides = len(context.categories) + len(context.payees)
    return context.intent in FLOWS and sides > 1 and _WHICH_MORE.search(mentions.text) is not None


def behind_the_payee(shape: Shape, mentions: Mentions, context: Frame) -> bool:
    """Whether the payments are the reason: of one payee no kinds of spending tell why it was so much."""
    about = bool(mentions.payees or context.payees) and not mentions.periods
    return context.intent == spending.INTENT.name and shape is Shape.WHY and about


def asks_for_rows(mentions: Mentions) -> bool:
    """Whether the payments are wanted that the message before was about."""
    since = mentions.says(_BACK_REFERENCE) and _SINCE_WHEN.search(mentions.text) and not mentions.subjects
    bare = not mentions.periods and _ROWS_OF_IT.search(mentions.text)
    return _THE_ROWS.search(mentions.text) is not None or bool(since) or bool(bare)


def with_subjects(frame: Frame, context: Frame) -> Frame:
    """The frame about what the context is about, less what is to be told apart now: by category, or by payee."""
    return replace(
        frame,
        categories=() if frame.group == "category" else context.categories,
        payees=() if frame.group == "payee" else context.payees,
    )


def of_the_trend(shape: Shape, mentions: Mentions, context: Frame) -> Shape:
    """The highest of a list of months is a month."""
    bare = not (mentions.subjects or mentions.limit or group_by(mentions))
    return Shape.EXTREME_MONTH if bare and shape is Shape.TOP and context.shape is Shape.TREND else shape


def with_exclusions(frame: Frame, mentions: Mentions, context: Frame) -> Frame:
    """ "And minus the EMI too" leaves out what was left out before as well."""
    going_on = mentions.text.startswith("and ") and not (context.categories or context.payees)
    if going_on and context.excluded_categories and frame.categories and not mentions.periods:
        frame = replace(frame, excluded_categories=frame.categories, categories=())
    elif not mentions.says(_TOO):
        return frame
    return replace(frame, excluded_categories=(*context.excluded_categories, *frame.excluded_categories))
