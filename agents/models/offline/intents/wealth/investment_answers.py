"""What is said of investments: of all of them, or only of those that the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intents.wealth.which_holding import chosen_of
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, in_words, money, percent, times
from agents.models.offline.results import Payload, Results
from agents.models.offline.wording import ESTIMATE, cadence_name

_LOSING: Final = re.compile(r"\blos(?:ing|ers?|t|s)\b|\bin (?:the )?red\b|\bnegative\b|\bdown\b")
_GAINING: Final = re.compile(r"\bin (?:a )?profit\b|\bprofitable\b|\bin (?:the )?green\b")
_WHICH: Final = re.compile(r"\b(?:which|what|any|show|list|top|best|worst|biggest)\b")
_IN_PROFIT: Final = re.compile(r"^(?:and |so )?(?:is|are|am) [^?]*\b(?:in|at) (?:an? )?(profit|loss)\b")
_HAVE: Final = re.compile(r"\b(?:how much|any|do i)\b")
_CLASS: Final = re.compile(r"\b(?:gold|debt|equity|real estate)\b")
_WORST: Final = re.compile(r"\bworst\b|\bleast\b|\blowest\b|\bpoor(?:est|ly)?\b")
_BEST: Final = re.compile(r"\bbest\b|\bmost\b|\bhighest\b|\btop\b|\bgainers?\b")
_PUT_IN: Final = re.compile(r"\binvest(?:ed)?\b|\bput in(?:to)?\b|\bcost\b|\bbought\b")
_SINCE: Final = re.compile(r"\bsince when\b|\bwhen\b[^?]*\bstart|\bstarted\b|\bhow long\b|\bhow many\b")
_MOST: Final = 8


def value(frame: Frame, results: Results, found: Payload) -> str:
    """What the holdings are worth, and what they cost."""
    rows = found.rows("holdings")
    if not rows:
        return "No investment is on record yet. Import a statement of your funds or shares, or record what you hold."
    chosen = chosen_of(frame, rows, rows)
    if isinstance(chosen, str):
        return chosen
    if len(chosen) == 1:
        return f"{_held(chosen[0], found)}."
    whole = len(chosen) == len(rows)
    total, cost = (found.decimal(key) if whole else _sum(results, chosen, key) for key in ("value", "cost"))
    gain = found.decimal("gain") if whole else _sum(results, chosen, "gain")
    side = f"{money(abs(gain), found.currency)} {'more' if gain >= 0 else 'less'} than"
    which = "Your investments" if whole else "They"
    head = f"{which} are worth {money(total, found.currency)}{in_words(total)}{_as_of(found)}, {side} they cost"
    if _PUT_IN.search(frame.text):
        head = f"You put {money(cost, found.currency)}{in_words(cost)} into what you hold of them. {head}"
    lines = [
        f"{one.text('name')}: {money(worth, found.currency)}"
        for one in chosen[:_MOST]
        if (worth := one.optional_decimal("value")) is not None
    ]
    return f"{head}:\n\n{bullets(lines)}"


def _sum(results: Results, rows: Sequence[Payload], key: str) -> Decimal:
    known = [one.ref(key) for one in rows if one.optional_decimal(key) is not None]
    return results.calculate("sum", *known).decimal("result") if known else Decimal(0)


def _held(one: Payload, found: Payload) -> str:
    units = f"{one.decimal('units').normalize():f} units"
    worth, cost, gain = (one.optional_decimal(key) for key in ("value", "cost", "gain"))
    if worth is None:
        return f"{one.text('name')}: {units}, whose price is not on record"
    told = f"{one.text('name')}: {units}, worth {money(worth, found.currency)}{_as_of(found)}"
    if cost is None or gain is None:
        return told
    side = "more" if gain >= 0 else "less"
    return f"{told}, {money(abs(gain), found.currency)} {side} than the {money(cost, found.currency)} that they cost"


def _as_of(found: Payload) -> str:
    on = found.day("as_of")
    return f" as of {day_name(on)}" if on else ""


def returns(frame: Frame, results: Results, found: Payload, kinds: Sequence[Payload]) -> str:
    """What they brought in, and each of them; `kinds` are the holdings, when one kind is asked for."""
    total, rows = found.part("total"), found.rows("instruments")
    if not total.decimal("invested"):
        return "No investment with its transactions is on record yet, so there is no return to tell."
    chosen = chosen_of(frame, rows, kinds)
    if isinstance(chosen, str):
        return chosen
    picked = _picked(frame, chosen)
    if picked is not None:
        lines = [f"{_return(one, found.currency)}." for one in picked[:_MOST]]
        return "\n".join(lines) if lines else f"None of them has{_as_of(found)}."
    if len(chosen) == 1 and len(rows) > 1:
        return f"{_verdict(frame, chosen[0])}{chosen[0].text('name')}: {_whole(chosen[0], found)}."
    lines = [_line(one, found.currency) for one in chosen[:_MOST]]
    if len(chosen) < len(rows):
        put, gain = (_sum(results, chosen, key) for key in ("invested", "gain"))
        head = f"Of {money(put, found.currency)} invested in them you have {_gained(gain, found.currency)}"
        return f"{head}{_as_of(found)}:\n\n{bullets(lines)}"
    head = f"{_whole(total, found, capital=True)}."
    return f"{head}\n\n{bullets(lines)}" if len(lines) > 1 else head


def _verdict(frame: Frame, one: Payload) -> str:
    """Yes or no to "is Infosys in profit"."""
    asked = _IN_PROFIT.search(frame.text)
    if asked is None:
        return ""
    gained = one.decimal("gain") > 0
    return "Yes. " if gained == (asked[1] == "profit") else "No. "


def _picked(frame: Frame, rows: Sequence[Payload]) -> list[Payload] | None:
    """The losers, the best or the worst, when one of these is asked for."""
    if len(rows) < 2 or not _WHICH.search(frame.text):
        return None
    ordered = sorted(rows, key=lambda one: one.optional_decimal("absolute_return_percent") or Decimal(0))
    if _BEST.search(frame.text):
        return ordered[: -1 - (frame.limit or 1) : -1]
    if _WORST.search(frame.text):
        return ordered[: frame.limit or 1]
    if _GAINING.search(frame.text):
        return [one for one in reversed(ordered) if one.decimal("gain") > 0]
    return [one for one in ordered if one.decimal("gain") < 0] if _LOSING.search(frame.text) else None


def _gained(gain: Decimal, currency: str) -> str:
    return f"{'gained' if gain >= 0 else 'lost'} {money(abs(gain), currency)}"


def _whole(one: Payload, found: Payload, *, capital: bool = False) -> str:
    rate, share = one.optional_decimal("xirr_percent"), one.optional_decimal("absolute_return_percent")
    yearly = f", {percent(rate)} a year (XIRR)" if rate is not None else ""
    whole = f" ({percent(share)})" if share is not None else ""
    gained = _gained(one.decimal("gain"), found.currency)
    lead = "Of" if capital else "of"
    put = money(one.decimal("invested"), found.currency)
    return f"{lead} {put} invested you have {gained}{whole}{yearly}{_as_of(found)}"


def _return(one: Payload, currency: str) -> str:
    share = one.optional_decimal("absolute_return_percent")
    whole = f" ({percent(share)} of what was invested)" if share is not None else ""
    return f"{one.text('name')} has {_gained(one.decimal('gain'), currency)}{whole}"


def _line(one: Payload, currency: str) -> str:
    rate = one.optional_decimal("xirr_percent")
    yearly = f", {percent(rate)} a year" if rate is not None else ""
    return f"{one.text('name')}: {money(one.decimal('gain'), currency)}{yearly}"


def spread(frame: Frame, found: Payload) -> str:
    """How they are spread over classes, and the target for each; or only the class that is asked for."""
    rows = found.rows("classes")
    if not rows:
        return "No investment is on record yet, so there is nothing to spread."
    asked = set(_CLASS.findall(frame.text)) if _HAVE.search(frame.text) else set()
    if len(asked) == 1:
        rows = [one for one in rows if one.text("asset_class").replace("_", " ") in asked]
        if not rows:
            return f"No {asked.pop()} is on record among your investments{_as_of(found)}."
    lines = []
    for one in rows:
        aim = one.optional_decimal("target_percent")
        wanted = f", target {percent(aim)}" if aim is not None else ""
        name = one.text("asset_class").replace("_", " ").capitalize()
        lines.append(
            f"{name}: {percent(one.decimal('percent'))} ({money(one.decimal('value'), found.currency)}){wanted}"
        )
    return f"Your investments of {money(found.decimal('value'), found.currency)}{_as_of(found)}:\n\n{bullets(lines)}"


def sips(frame: Frame, found: Payload) -> str:
    """The plans, when each is next due or since when it runs."""
    rows = found.rows("sips")
    if not rows:
        return "No SIP is found among your investment transactions."
    lines = [_plan(one, found.currency, since=bool(_SINCE.search(frame.text))) for one in rows[:_MOST]]
    return f"Your SIPs come to {money(found.decimal('monthly_total'), found.currency)} a month:\n\n{bullets(lines)}"


def _plan(one: Payload, currency: str, *, since: bool) -> str:
    due = one.day("next_due_on") if one.data.get("active") else None
    ending = f", next on {day_name(due)}" if due else "" if one.data.get("active") else ", stopped"
    first = one.day("first_on")
    if since and first:
        paid = f"{times(one.integer('instalments'), 'instalment')}, {money(one.decimal('invested'), currency)} in all"
        ending = f", since {day_name(first)}, {paid}{ending}"
    return f"{one.text('name')}: {money(one.decimal('amount'), currency)} {cadence_name(one.text('cadence'))}{ending}"


def gains(found: Payload) -> str:
    """The capital gains of a financial year, and their tax."""
    currency = found.currency
    if not found.decimal("short_term_gain") and not found.decimal("long_term_gain"):
        return "No capital gain is on record in that financial year."
    return (
        f"Your short-term gains come to {money(found.decimal('short_term_gain'), currency)} and the long-term ones to "
        f"{money(found.decimal('long_term_gain'), currency)}; the tax at the special rates is about "
        f"{money(found.decimal('tax_at_special_rates'), currency)}. {ESTIMATE}"
    )
