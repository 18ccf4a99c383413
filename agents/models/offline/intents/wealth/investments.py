"""Questions about investments on record: their worth, their returns, their spread, the SIPs, the taxable gains."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.wealth.investment_answers import gains, returns, sips, spread, value
from agents.models.offline.intents.wealth.which_holding import kind_asked, named
from agents.models.offline.language.typos import may_be_name
from agents.models.offline.lexicon import lexicon
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Payload, Results

_WEALTH: Final = re.compile(
    r"\bdiversified\b|\bportfolio|\bholdings?\b|\bmutual funds?\b|\bfunds\b|\bstocks?\b|\bshares?\b(?! of)|"
    r"\bhow many shares of\b|"
    r"\binvestments?\b|"
    r"\bdemat\b|\bsips?\b|\bwhich (?:\w+ )?fund\b|\bam i in (?:a )?(?:loss|profit)\b|\b(?:gold|"
    r"debt)\b[^?]*\binvested\b|\bgold\b(?=[^?]*\b(?:have|own|hold|worth)\b)|\bequity\b|\betfs?\b|"
    r"\b(?:value|worth|units|nav) of [^?]*\bfund\b(?<!emergency fund)"
)
_GAINS: Final = re.compile(r"\bcapital gains?\b|\b(?:ltcg|stcg)\b|\b(?:long|short)[- ]term gains?\b")
_RETURNS: Final = re.compile(
    r"\bxirr\b|\birr\b|\breturns?\b|\bperform|\bhow (?:are|is|have|has|did) my (?:\w+ )?(?:investments?|"
    r"portfolio|mutual funds?|funds|stocks?|"
    r"shares?|sips?)\b|\bwhich (?:\w+ )?(?:fund|stock|share)\b[^?]*\b(?:best|worst|most)\b|\bgain(?:ed|s)?\b|"
    r"\b(?:best|worst)\b(?! (?:time|way))|"
    r"\bprofit|\bloss(?:es)?\b|\bmade (?:on|from)\b|\bgrow(?:n|th|ing)?\b|\bgrew\b"
)
_SPREAD: Final = re.compile(
    r"\basset allocation\b|\ballocation\b|\bspread\b|\bdiversif|\bsplit\b|\b(?:in|much) (?:equity|debt|gold)\b|"
    r"\bequity\b[^?]*\bdebt\b|"
    r"\brebalanc|\bdrift\b|\bmix\b"
)
_SIPS: Final = re.compile(r"\bsips?\b")
_VALUE: Final = re.compile(
    r"\bworth\b|\bvalue\b|\bhold(?:ings?)?\b|\bown\b|\bhave i invested\b|\bportfolio\b|"
    r"\bshow\b|\blist\b|\bwhat\b|\bhow (?:much|many)\b"
)
_SPENT: Final = re.compile(
    r"\b(?:spen[dt]\w*|went|did i (?:invest|put|pay|buy)|have i (?:invested|put)|"
    r"invested (?:in|this|last|per)|goal|average|per month|a month|paid)\b"
)
_PROFIT: Final = re.compile(
    r"\bprofits? (?:or|and|&|vs) loss(?:es)?\b|\bp ?(?:&|and|n) ?l\b|\bunreali[sz]ed\b|\bin (?:profit|loss)\b"
)
# What was put into a kind of investment, and not when: its cost is on record.
_PUT_IN: Final = re.compile(
    r"\binvested (?:so far )?in(?:to)? (?:my |the |all )*"
    r"(?:mutual funds?|mfs?|funds|stocks?|shares?|equity|etfs?|gold|nps|bonds?)\b(?! (?:in|this|last|per|since|from)\b)"
)
_INTO: Final = re.compile(
    r"\b(?:how much|total)\b[^?]*\binvest(?:ed)? in(?:to)? ([a-z][a-z&.' ]+?)(?: so far)?\W*$|"
    r"\bin ([a-z][a-z&.' ]+?) (?:total )?how much (?:total )?(?:have i |did i )?invest(?:ed)?\W*$"
)
_EARNED: Final = re.compile(
    r"\bprofits?\b|\bloss(?:es)?\b(?! of pay)|\b(?:stock|share|fund|investment)s?\b[^?]*\blosing\b"
)
_HOLDINGS: Final = Call("get_holdings", {})
_KINDS: Final = {"gains": "get_capital_gains", "returns": "get_investment_returns", "spread": "get_asset_allocation",
                 "sips": "find_sips", "value": "get_holdings"}  # fmt: skip


def _put_into(text: str) -> bool:
    """Whether it is asked what was put into something that is called by its name: "how much invested in X"."""
    found = _INTO.search(text)
    name = (found[1] or found[2]) if found else ""
    return may_be_name(name) and not lexicon().merchant_pattern.search(name)


def _kind(text: str) -> str | None:
    if _GAINS.search(text):
        return "gains"
    if (_PROFIT.search(text) or _EARNED.search(text)) and not _SPENT.search(text):
        return "returns"
    if re.search(r"\bxirr\b|\basset allocation\b", text):
        return "returns" if "xirr" in text else "spread"
    if _PUT_IN.search(text) or _put_into(text):
        return "value"
    if not _WEALTH.search(text) or _SPENT.search(text):
        return None
    for kind, pattern in (("spread", _SPREAD), ("returns", _RETURNS), ("sips", _SIPS), ("value", _VALUE)):
        if pattern.search(text):
            return kind
    return None


def _recognises(mentions: Mentions) -> bool:
    kind = _kind(mentions.text)
    return kind is not None and not (kind in ("value", "sips") and mentions.periods)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    """The figures; then, of the returns of one kind, the holdings, which tell the kinds."""
    asked = _kind(frame.text) or "value"
    arguments: dict[str, object] = {}
    if asked == "gains" and frame.periods:
        ending = periods.fiscal_year_of(frame.periods[0].end)
        arguments["financial_year"] = f"{ending - 1}-{ending % 100:02d}"
    call = Call(_KINDS[asked], arguments)
    found = results.get(call)
    if asked != "returns" or found is None or not kind_asked(frame.text):
        return (call,)
    return (call,) if named(frame, found.rows("instruments")) else (call, _HOLDINGS)


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_calls(frame, results)[0])
    match _kind(frame.text):
        case "returns":
            return returns(frame, results, found, _held(results))
        case "spread":
            return spread(frame, found)
        case "sips":
            return sips(frame, found)
        case "gains":
            return gains(found)
        case _:
            return value(frame, results, found)


def _held(results: Results) -> list[Payload]:
    holdings = results.get(_HOLDINGS)
    return holdings.rows("holdings") if holdings else []


INTENT: Final = Intent(name="investments", recognises=_recognises, calls=_calls, answer=_answer)
