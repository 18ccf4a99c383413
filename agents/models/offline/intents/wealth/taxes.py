"""Income tax: the two regimes side by side, and what of the deductions is used."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline import periods
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions, find_mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE

_REGIME: Final = re.compile(r"\b(?:old|new|which|tax|both|better) (?:tax )?regimes?\b|\bregimes?\b")
_DEDUCTIONS: Final = re.compile(
    r"\b80 ?-?(?:c|d|ccd\w*)\b|\bdeductions?\b|\bsection 24\b|\btax[- ]sav(?:ing|e|er)\w*|\bsave (?:on |"
    r"more )?tax\b|\bhow (?:can|do) i save tax\b"
)
_TAX: Final = re.compile(
    r"\b(?:how much|what)\b[^?]*\b(?:income )?tax\b[^?]*\b(?:will|would|do|should|must|have to|owe|liab|on)\b|"
    r"\b(?:on|lakhs?|crores?|ctc|salary)\b[^?]*\bhow much (?:income )?tax\b|"
    r"\btax how much (?:will|do|should|must|cost)\b|\bhow much (?:income )?tax (?:will|do|should|must|cost)\b|"
    r"\btax (?:liability|on|estimate|for)\b|\bmy (?:income )?tax\b"
)
_GAINS: Final = re.compile(r"\b(?:ltcg|stcg|capital gains?)\b")
_PAID: Final = re.compile(r"\b(?:paid|did i pay|have i paid|spen[dt]|before tax|after tax|gst|property)\b")
_SECTIONS: Final = (
    ("section_80c", re.compile(r"80 ?-?c\b")),
    ("section_80ccd_1b", re.compile(r"80 ?-?ccd|\bnps\b")),
    ("section_80d", re.compile(r"80 ?-?d\b")),
    ("section_24b", re.compile(r"\b24 ?\(?b\)?|home loan interest")),
)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if _GAINS.search(text):
        return False
    if _PAID.search(text) and not _REGIME.search(text):
        return False
    return bool(_REGIME.search(text) or _DEDUCTIONS.search(text) or _TAX.search(text))


def _comparing(frame: Frame) -> bool:
    asked = _REGIME.search(frame.text) or (_TAX.search(frame.text) and frame.quantities.amount is not None)
    return not _DEDUCTIONS.search(frame.text) or bool(asked)


def _year(frame: Frame) -> dict[str, object]:
    if not frame.periods:
        return {}
    ending = periods.fiscal_year_of(frame.periods[0].end)
    return {"financial_year": f"{ending - 1}-{ending % 100:02d}"}


def _salary(frame: Frame) -> Decimal | None:
    """The yearly salary that was said; an amount a month is twelve of it a year."""
    amount = frame.quantities.amount
    monthly = re.search(r"\b(?:a|per|every) month\b|\bmonthly\b", frame.text)
    return amount * 12 if amount is not None and monthly else amount


def _missing(frame: Frame) -> Missing | None:
    if not _comparing(frame) or _salary(frame) is not None:
        return None
    return Missing("What is your gross salary a year, before every deduction?", "on {}")


def _call(frame: Frame) -> Call:
    if not _comparing(frame):
        return Call("get_tax_deductions", _year(frame))
    salary = _salary(frame)
    said = {name: plain(one) for name, one in _stated(frame).items()}
    hints = {} if said else {"use_hints": True}
    return Call(
        "compare_tax_regimes",
        {"gross_salary": plain(salary) if salary is not None else "", **_year(frame), **said, **hints},
    )


def _stated(frame: Frame) -> dict[str, Decimal]:
    """The amounts after the salary by the sections that are named, in their order: "18 lakh with 1.5 lakh 80C".

    Of a section that is named again the later amount holds.
    """
    amounts = frame.quantities.amounts[1:]
    places = {found.start(): name for name, pattern in _SECTIONS for found in pattern.finditer(frame.text)}
    return dict(zip((places[place] for place in sorted(places)), amounts, strict=False))


def with_salary(text: str, context: Frame | None) -> str:
    """A message that only names deductions and their amounts, after the question with the salary that it adds to."""
    if context is None or context.intent != INTENT.name or not _comparing(context) or _salary(context) is None:
        return text
    mentions = find_mentions(text, context.today)
    named = any(pattern.search(mentions.text) for _, pattern in _SECTIONS)
    adds = named and mentions.quantities.amounts and not re.search(r"\bsalary\b|\bearn\b|\bincome\b", mentions.text)
    return f"{context.cased.rstrip(' .?!')} with {text}" if adds else text


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    return () if _missing(frame) else (_call(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    found = results.of(_call(frame))
    return _regimes(frame, found) if _comparing(frame) else _sections(found)


def _regimes(frame: Frame, found: Payload) -> str:
    new, old = found.part("new").decimal("payable"), found.part("old").decimal("payable")
    saving = found.decimal("saving")
    better = (
        f"the {found.text('better')} one is cheaper by {money(saving, found.currency)}"
        if saving
        else "both cost the same"
    )
    checked = found.day("tables_checked_on")
    rules = f" The rules were checked on {day_name(checked)}." if checked else ""
    counted = (
        "Only the deductions that you named are counted."
        if _stated(frame)
        else "Deductions are what your records hint at."
    )
    return (
        f"Income tax is {money(new, found.currency)} under the new regime and {money(old, found.currency)} under the "
        f"old one: {better}. {counted}{rules} {ESTIMATE}"
    )


def _sections(found: Payload) -> str:
    rows = found.rows("sections")
    lines = [
        f"Section {one.text('section')}: {money(one.decimal('used'), found.currency)} used, "
        f"{money(one.decimal('left'), found.currency)} left"
        for one in rows
    ]
    return f"Deductions of the old regime, as far as your records hint at them:\n\n{bullets(lines)}\n\n{ESTIMATE}"


INTENT: Final = Intent(name="taxes", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
