"""Investments on record: what they are worth, what they returned, how they are spread, the SIPs, the taxable gains."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, in_words, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE, cadence_name

_WEALTH: Final = re.compile(
    r"\bportfolio|\bholdings?\b|\bmutual funds?\b|\bfunds\b|\bstocks?\b|\bshares?\b(?! of)|\binvestments?\b|"
    r"\bdemat\b|\bsips?\b|\bwhich (?:\w+ )?fund\b|\bam i in (?:a )?(?:loss|profit)\b|\b(?:gold|"
    r"debt)\b[^?]*\binvested\b|\bgold\b(?=[^?]*\b(?:have|own|hold|worth)\b)|\bequity\b|\betfs?\b"
)
_GAINS: Final = re.compile(r"\bcapital gains?\b|\b(?:ltcg|stcg)\b|\b(?:long|short)[- ]term gains?\b")
_RETURNS: Final = re.compile(
    r"\bxirr\b|\birr\b|\breturns?\b|\bperform|\bhow (?:are|is|have|has|did) my (?:\w+ )?(?:investments?|"
    r"portfolio|mutual funds?|funds|stocks?|"
    r"shares?|sips?)\b|\bwhich (?:\w+ )?(?:fund|stock|share)\b[^?]*\b(?:best|worst|most)\b|\bgain(?:ed|s)?\b|"
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
    r"\bshow\b|\blist\b|\bwhat\b|\bhow much\b"
)
_SPENT: Final = re.compile(
    r"\b(?:spen[dt]\w*|went|did i (?:invest|put|pay|buy)|have i (?:invested|put)|"
    r"invested (?:in|this|last|per)|goal|average|per month|a month|paid)\b"
)
_PROFIT: Final = re.compile(
    r"\bprofits? (?:or|and|&|vs) loss(?:es)?\b|\bp ?(?:&|and|n) ?l\b|\bunreali[sz]ed\b|\bin (?:profit|loss)\b"
)
_KINDS: Final = {"gains": "get_capital_gains", "returns": "get_investment_returns", "spread": "get_asset_allocation",
                 "sips": "find_sips", "value": "get_holdings"}  # fmt: skip
_MOST: Final = 8


def _kind(text: str) -> str | None:
    if _GAINS.search(text):
        return "gains"
    if _PROFIT.search(text) and not _SPENT.search(text):
        return "returns"
    if re.search(r"\bxirr\b|\basset allocation\b", text):
        return "returns" if "xirr" in text else "spread"
    if not _WEALTH.search(text) or _SPENT.search(text):
        return None
    for kind, pattern in (("spread", _SPREAD), ("returns", _RETURNS), ("sips", _SIPS), ("value", _VALUE)):
        if pattern.search(text):
            return kind
    return None


def _recognises(mentions: Mentions) -> bool:
    kind = _kind(mentions.text)
    return kind is not None and not (kind in ("value", "sips") and mentions.periods)


def _call(frame: Frame) -> Call:
    kind = _kind(frame.text) or "value"
    arguments: dict[str, object] = {}
    if kind == "gains" and frame.periods:
        ending = periods.fiscal_year_of(frame.periods[0].end)
        arguments["financial_year"] = f"{ending - 1}-{ending % 100:02d}"
    return Call(_KINDS[kind], arguments)


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_call(frame))
    return _WRITERS[_kind(frame.text) or "value"](found)


def _as_of(found: Payload) -> str:
    on = found.day("as_of")
    return f" as of {day_name(on)}" if on else ""


def _value(found: Payload) -> str:
    rows = found.rows("holdings")
    if not rows:
        return "No investment is on record yet. Import a statement of your funds or shares, or record what you hold."
    value, gain = found.decimal("value"), found.decimal("gain")
    lines = [
        f"{one.text('name')}: {money(worth, found.currency)}"
        for one in rows[:_MOST]
        if (worth := one.optional_decimal("value")) is not None
    ]
    side = "more" if gain >= 0 else "less"
    return (
        f"Your investments are worth {money(value, found.currency)}{in_words(value)}{_as_of(found)}, "
        f"{money(abs(gain), found.currency)} {side} than they cost:\n\n{bullets(lines)}"
    )


def _returns(found: Payload) -> str:
    total = found.part("total")
    if not total.decimal("invested"):
        return "No investment with its transactions is on record yet, so there is no return to tell."
    rate, share = total.optional_decimal("xirr_percent"), total.optional_decimal("absolute_return_percent")
    yearly = f", {percent(rate)} a year (XIRR)" if rate is not None else ""
    whole = f" ({percent(share)})" if share is not None else ""
    lines = [_line(one, found.currency) for one in found.rows("instruments")[:_MOST]]
    head = (
        f"Of {money(total.decimal('invested'), found.currency)} invested you have gained "
        f"{money(total.decimal('gain'), found.currency)}{whole}{yearly}{_as_of(found)}."
    )
    return f"{head}\n\n{bullets(lines)}" if len(lines) > 1 else head


def _line(one: Payload, currency: str) -> str:
    rate = one.optional_decimal("xirr_percent")
    yearly = f", {percent(rate)} a year" if rate is not None else ""
    return f"{one.text('name')}: {money(one.decimal('gain'), currency)}{yearly}"


def _spread(found: Payload) -> str:
    rows = found.rows("classes")
    if not rows:
        return "No investment is on record yet, so there is nothing to spread."
    lines = []
    for one in rows:
        aim = one.optional_decimal("target_percent")
        wanted = f", target {percent(aim)}" if aim is not None else ""
        name = one.text("asset_class").replace("_", " ").capitalize()
        lines.append(
            f"{name}: {percent(one.decimal('percent'))} ({money(one.decimal('value'), found.currency)}){wanted}"
        )
    return f"Your investments of {money(found.decimal('value'), found.currency)}{_as_of(found)}:\n\n{bullets(lines)}"


def _sips(found: Payload) -> str:
    rows = found.rows("sips")
    if not rows:
        return "No SIP is found among your investment transactions."
    lines = []
    for one in rows[:_MOST]:
        due = one.day("next_due_on") if one.data.get("active") else None
        ending = f", next on {day_name(due)}" if due else "" if one.data.get("active") else ", stopped"
        amount, cadence = money(one.decimal("amount"), found.currency), cadence_name(one.text("cadence"))
        lines.append(f"{one.text('name')}: {amount} {cadence}{ending}")
    return f"Your SIPs come to {money(found.decimal('monthly_total'), found.currency)} a month:\n\n{bullets(lines)}"


def _gains(found: Payload) -> str:
    currency = found.currency
    if not found.decimal("short_term_gain") and not found.decimal("long_term_gain"):
        return "No capital gain is on record in that financial year."
    return (
        f"Your short-term gains come to {money(found.decimal('short_term_gain'), currency)} and the long-term ones to "
        f"{money(found.decimal('long_term_gain'), currency)}; the tax at the special rates is about "
        f"{money(found.decimal('tax_at_special_rates'), currency)}. {ESTIMATE}"
    )


_WRITERS: Final = {"value": _value, "returns": _returns, "spread": _spread, "sips": _sips, "gains": _gains}

INTENT: Final = Intent(
    name="investments", recognises=_recognises, calls=lambda frame, _results: (_call(frame),), answer=_answer
)
