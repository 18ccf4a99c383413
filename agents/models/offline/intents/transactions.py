"""Single transactions: the latest, the largest, how many, and lists of them."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.number_words import COUNT
from agents.models.offline.results import Call, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.transaction_answers import transactions_answer
from agents.models.offline.transaction_search import asks_refunds, search_call
from agents.models.offline.unknown_payees import payee_calls

_ROWS: Final = (
    r"(?:transactions?|txns?|payments?|purchases?|entries|debits?(?! card)|credits?(?! card)|orders?|expenses?|"
    r"spends|"
    r"refunds?)"
)
# Nothing but a period, an account or a payee beside the word.
_ALONE: Final = re.compile(
    r"^[\W_]*(?:s )?(?:my |all |the |total |of |for |from |in |at |with |please |[\W_])*"
    r"(?:transactions|txns|entries|debits|credits|payments)"
    r"(?: of| for| from| in| on| at| with| please| show| list|[\W_])*$"
)
_HAPPENED: Final = re.compile(
    r"\bwhat(?: all)? happened\b|\bwhat (?:all )?(?:i )?bought\b|\bwhat did i do with my money\b"
)
_ROWS_OF: Final = re.compile(r"^(?!did|have|has|am|is|was|were|how)[^?]*\b(?:bills|orders|ones|rides|meals|trips)\b")
_LATEST: Final = re.compile(
    r"\b(?:last )?(?:paid|pay|received|bought|done)(?: last)? when\W*$|"
    r"\bwhen did (?:i|we) (?:last|most recently)\b|\blast time (?:i|we|my)\b|\bwhen was (?:my|the) (?:last|latest)\b|"
    r"\bwhen\b[^?]*\b(?:received?|credited|come|came|arrived?|land(?:ed)?|hit|get|got) ?(?:in |last|my account|$|"
    r"\?|paid)|"
    r"\bwhen (?:was|did|is|has|have)\b[^?]*\b(?:received?|credited|paid|debited|deducted|charged|come|came|"
    r"arrived?|bought|buy|pay|order|"
    r"visit|spend|use|recharge|withdraw|book)\b|\bwhat (?:date|day) (?:was|did|is)\b[^?]*\b(?:paid|received|"
    r"credited|debited|come|pay)\b|"
    r"\b(?:last|latest|most recent) (?!(?:month|week|year|quarter|few|\d+)\b)(?:[\w']+ ){0,2}"
    r"(?:order|payment|purchase|transaction|txn|ride|recharge|withdrawal)\b(?!s)|"
    r"\b(?:last|latest|most recent) (?:salary|rent|emi|sip|credit card bill|electricity bill|premium) (?:credit|"
    r"payment|date|received)\b"
)
_COUNT: Final = re.compile(
    rf"\bhow (?:many (?:times|(?:\w+ ){{0,2}}{_ROWS})|often)\b|\bnumber of (?:times|(?:\w+ ){{0,2}}{_ROWS})"
)
_LARGEST: Final = re.compile(
    r"\b(?:biggest|largest|highest|costliest|priciest|most expensive|single (?:biggest|largest))\b[^?]*\b"
    r"(?:transactions?|txns?|payments?|purchases?|debits?(?! card)|credits?(?! card)|orders?|expenses?|"
    r"thing i bought|buys?|bills?|(?:upi|neft|imps|bank) transfers?)\b"
)
_TOP_ROWS: Final = re.compile(
    r"\btop (?:\w+ )?(?:expenses?|transactions?|txns?|payments?|purchases?|spends|debits?|credits?)\b(?! categor| by)"
)
_BARE_LARGEST: Final = re.compile(
    r"^(?:and |what about |(?:which|what)(?: one)?(?: is|'s| was) )?(?:the )?(?:\w+ )?"
    r"(?:biggest|largest|highest|costliest)(?: (?:one|of them))?\W*$"
)
_BOUGHT: Final = re.compile(r"\bwhat(?: all)? (?:did|have) (?:i|we) (?:buy|bought|purchased?|order(?:ed)?)\b")
_SMALLEST: Final = re.compile(r"\b(?:smallest|lowest|cheapest|tiniest|least expensive)\b[^?]*\b" + _ROWS)
_FIRST: Final = re.compile(
    r"\b(?:first|oldest|earliest)\b[^?]*\b"
    + _ROWS
    + r"|\bfirst time (?:i|we)\b|\bwhen did (?:i|we) (?:first|start|begin)\b|\bsince when\b"
)
_LIST: Final = re.compile(
    rf"\b(?:show|list|display|see|give me|find|get|which|what|any|all|recent|latest|last)\b[^?]*\b{_ROWS}\b|"
    rf"^(?:my )?(?:recent |latest |last )?(?:transactions|txns|refunds|cashbacks?)\b"
)
# Things that are counted and stand for payments: "last 3 petrol fills", "my last two Zomato orders".
_LAST_FEW: Final = re.compile(
    rf"\b(?:last|latest|recent|previous|past) {COUNT} (?![a-z]*(?:day|week|month|quarter|year))"
)
_TAX_BACK: Final = re.compile(r"\btax refunds?\b(?![^?]*\b(?:when|status)\b)")
_COMPUTED: Final = re.compile(r"\baverage\b|\bavg\b|\btrend\b|\bcompare\b|\brecurring\b")
# Money in beside money out is about what was kept.
_BOTH_WAYS: Final = re.compile(
    r"\b(?:income|earnings?|savings?(?! account))\b[^?]*\b(?:expens\w*|spend\w*)\b|"
    r"\b(?:expens\w*|spend\w*)\b[^?]*\b(?:income|earnings?|savings?(?! account))\b"
)
_ANY_ROWS: Final = re.compile(rf"\b(?:{_ROWS}|everything|anything|things)\b")
_SPENDING_ROWS: Final = re.compile(
    r"^[^\w]*(?:my |all |show |list )*(?:spending|spends?|spent|kharche)\b|\bspending[^\w]*$"
)
_FLOW: Final = re.compile(
    r"\bhow much\b|\bsum of\b|\bleft (?:after|over)\b|\btotal\b|\baverage\b|\btrend\b|"
    r"\bcompare\b|\brecurring\b"
)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if asks_refunds(text) and (mentions.payees or mentions.periods) and not _FLOW.search(text):
        return True
    if mentions.condition is not None and _ROWS_OF.search(text) and not _FLOW.search(text):
        return True
    alone = bool(_ALONE.search(mentions.rest)) and not (mentions.subjects and "payments" in text)
    if alone or (_HAPPENED.search(text) and (mentions.periods or mentions.account)):
        return True
    if _TAX_BACK.search(text):
        return True
    if _BOTH_WAYS.search(text):
        return False
    if mentions.limit and mentions.subjects and _LAST_FEW.search(text) and not _COMPUTED.search(text):
        return True
    if any(one.search(text) for one in (_LATEST, _COUNT, _LARGEST, _SMALLEST, _FIRST, _TOP_ROWS, _BOUGHT)):
        return True
    sized = mentions.condition is not None and (mentions.says(_ANY_ROWS) or bool(_SPENDING_ROWS.search(mentions.rest)))
    return (sized or bool(_LIST.search(text))) and not _FLOW.search(text)


def _shape(mentions: Mentions) -> Shape:
    if _FIRST.search(mentions.text):
        return Shape.FIRST
    if _LATEST.search(mentions.text) and not (mentions.limit and _LAST_FEW.search(mentions.text)):
        return Shape.LATEST
    if _SMALLEST.search(mentions.text):
        return Shape.SMALLEST
    if _COUNT.search(mentions.text):
        return Shape.COUNT
    largest = any(one.search(mentions.text) for one in (_LARGEST, _TOP_ROWS, _BARE_LARGEST))
    return Shape.LARGEST if largest else Shape.LIST


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    asked = search_call(frame)
    return (asked, *payee_calls(frame, results, (asked,)))


INTENT: Final = Intent(
    name="transactions",
    recognises=_recognises,
    calls=_calls,
    answer=transactions_answer,
    shape=_shape,
    by_account=True,
)
