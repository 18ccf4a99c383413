"""What kind of answer a question wants of a flow of money: a total, a comparison, a trend, a ranking and so on."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from agents.models.offline.mentions import Mentions
from agents.models.offline.periods import Period


class Shape(StrEnum):
    """The kinds of answers."""

    TOTAL = "total"
    COMPARE = "compare"
    TREND = "trend"
    AVERAGE = "average"
    SHARE = "share"
    TOP = "top"
    BREAKDOWN = "breakdown"
    EXTREME_MONTH = "extreme-month"
    WHY = "why"
    LIST = "list"
    LARGEST = "largest"
    SMALLEST = "smallest"
    LATEST = "latest"
    FIRST = "first"
    COUNT = "count"


_WHY: Final = re.compile(
    r"^(?:but |and |so |ok |okay )?why\b|what (?:drove|caused|explains|is behind)|\breasons?\b|how come|\bwhy\W*$"
)
_SHARE: Final = re.compile(r"\bpercent|%|\bshare\b|\bproportion\b|\bfraction\b|\bportion\b|\bhow much of my\b")
COMPARING: Final = re.compile(
    r"\bcompar|\bvs\b|\bversus\b|\bthan\b|\bdifferen|\bmore or less\b|\bhigher or lower\b|\bagainst\b|\bor\b"
)
USUAL: Final = r"(?:(?:usual|normal|typical)(?:ly)?|average|avg)"
_EXTREME_MONTH: Final = re.compile(
    r"\b(?:which|what) month|\b(?:costliest|most expensive|highest|cheapest|lowest|biggest|best|"
    r"worst) (?:\w+ ){0,2}month"
)
_TREND: Final = re.compile(
    r"\btrend|\bchang|over time|month[ -](?:by|on|over|to|after)[ -]month|\bmonth[ -]?wise|\bchart\b|\bgraph\b|"
    r"\bby month|\bevol|"
    r"\bgrow|\bgrown|"
    r"\brisen|\brising|\b(?:go(?:ne|ing|es)?|went) (?:up|down)|\bincreas|\bdecreas|\bfall(?:en|ing)|\bhistory|"
    r"\bpattern|"
    r"\beach month|"
    r"over the months|monthly (?:trend|breakdown|split|history|chart)"
)
_AVERAGE: Final = re.compile(
    r"\baverage|\bavg\b|\btypical|\bper month|\ba month\b|\bevery month|\bmonthly\b|\busually\b|\bnormally\b|"
    r"\b(?:per|a|each|every) (?:day|week)\b|\bdaily\b|\bweekly\b"
)
_REALLY_AVERAGE: Final = re.compile(
    r"\baverage|\bavg\b|\btypical|\bper month|\ba month\b|\b(?:per|a) (?:day|week)\b|\bdaily\b|\bweekly\b"
)
PER_PAYMENT: Final = re.compile(
    r"\b(?:average|avg) (?!monthly|weekly|daily|yearly)(?:[\w\x00]+ ){0,2}(?:order|ride|transaction|payment|"
    r"purchase|ticket|visit)(?: value| size| amount)?\b|\b(?:average|avg) bill(?: value| size| amount)?\b|"
    r"\b(?:per|a|each|every) (?:transaction|order|visit|purchase|trip|ride|payment|swipe|txn|meal)\b"
)
_TOP: Final = re.compile(
    r"\bcostliest\b|\bpriciest\b|\bmost expensive\b|\bcheapest\b|\btop\b|\bbiggest\b|\bhighest\b|"
    r"\blargest\b|\bmost\b|\bmainly\b|\bmain\b|\bmajor\b|\bleast\b|\blowest\b|"
    r"\bsmallest\b|"
    r"\bmoney where\b|where (?:all )?(?:do|does|went|go|going|did|has|have|is|was|are)\b|\bwhere my\b|"
    r"\bwho (?:do|did|have) i\b|"
    r"\bwhich (?:company|employer|category|merchant|payee|shop|store|app|restaurant|day|date)|"
    r"\bwho paid me\b|\bwho (?:all )?(?:pays|paid|gave|sent) (?:me|money)"
)
_BREAKDOWN: Final = re.compile(
    r"^(?:and )?(?:from|to) whom\b|break ?-?(?:it |that |this |them )?down|"
    r"\bbreakup\b|\bsplit|\bby (?:category|payee|merchant|account|"
    r"vendor|shop|type|source)|\bsource[ -]?wise\b|"
    r"(?:category|payee|merchant|account)[ -]?wise|per (?:category|payee|merchant|account)|each (?:category|account)|"
    r"across (?:all )?(?:my |the )?(?:categories|accounts)|all categories|\bdetails?\b"
)
_GROUPS: Final = (
    ("month", re.compile(r"\bby month|month[ -]?wise|per month|\beach month|monthly")),
    ("category", re.compile(r"\bcategor|\bkinds? of|\btypes? of|\bby type")),
    ("account", re.compile(r"\b(?:by|per|each|which|across (?:my|the|all)?) ?(?:account|card|bank)|account-?wise")),
    (
        "payee",
        re.compile(
            r"\bmerchant|\bpayee|\bby source\b|\bsource[ -]?wise\b|\bshops?\b|\bstores?\b|\bvendor|"
            r"\bcompan|\bpeople\b|\bwho(?:m)?\b|\bbrands?\b|"
            r"\bplaces?\b|"
            r"\bapps?\b|\brestaurants?\b"
        ),
    ),
)


def flow_shape(mentions: Mentions) -> Shape:
    """The shape of a question about spending or income; `TOTAL` when nothing else is said."""
    if mentions.says(_WHY):
        return Shape.WHY
    if mentions.says(_SHARE):
        return Shape.SHARE
    if mentions.says(_EXTREME_MONTH):
        return Shape.EXTREME_MONTH
    if mentions.several_accounts and len(mentions.periods) < 2:
        return Shape.BREAKDOWN
    if _compares(mentions):
        return Shape.COMPARE
    return _single_shape(mentions)


def _compares(mentions: Mentions) -> bool:
    if mentions.says(_REALLY_AVERAGE) and not mentions.says(COMPARING):
        return False
    subjects = max(len(mentions.categories), len(mentions.payees), len(mentions.categories) + len(mentions.payees))
    comparing = mentions.says(COMPARING) or mentions.says(re.compile(r"\bcompare"))
    return len(mentions.periods) >= 2 or (comparing and (subjects >= 2 or len(mentions.periods) == 1))


def _single_shape(mentions: Mentions) -> Shape:
    if mentions.says(_TREND) or (
        _several_months(mentions) and mentions.says(_AVERAGE) and not mentions.says(_REALLY_AVERAGE)
    ):
        return Shape.TREND
    if mentions.says(_AVERAGE):
        return Shape.TOTAL if mentions.says(PER_PAYMENT) else Shape.AVERAGE
    if mentions.says(_BREAKDOWN) and not mentions.limit:
        return Shape.BREAKDOWN
    if mentions.says(_TOP) or mentions.limit:
        return Shape.TOP
    return Shape.TOTAL


def _several_months(mentions: Mentions) -> bool:
    return any(isinstance(one, Period) and one.days > 31 for one in mentions.periods)


def group_by(mentions: Mentions) -> str | None:
    """The grouping that was asked for: month, category, account or payee; accounts are told side by side."""
    if mentions.several_accounts:
        return "account"
    return next((name for name, pattern in _GROUPS if mentions.says(pattern)), None)
