"""Fi Money: whether it is linked, linking it, fetching from it, and the credit report that it brings."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money, times
from agents.models.offline.results import Call, Payload, Results

_CREDIT: Final = re.compile(
    r"\b(?:credit|cibil|experian|bureau)\b[^?]*\b(?:scores?|reports?|rating|history)\b|\bcibil\b|\bcredit ?score\b"
)
_FI: Final = r"\bfi(?: money)?\b(?! (?:bank )?(?:account )?balance)"
_LINK: Final = re.compile(
    rf"\b(?:link|connect|add|attach|set ?up|join|jod\w*)\b[^?]*{_FI}|{_FI}[^?]*\b(?:link|connect|add)$"
)
_SYNC: Final = re.compile(
    rf"\b(?:sync\w*|fetch|refresh|pull|get|import|update|bring|download|load)\b[^?]*{_FI}|"
    rf"{_FI}[^?]*\b(?:sync\w*|fetch|refresh|pull|import|update|bring)\b"
)
_STATUS: Final = re.compile(
    rf"^(?:is|am|are|was|has|have|do|did|when|what|how|kab)\b[^?]*{_FI}|{_FI}[^?]*\b(?:status|linked|connected|"
    rf"last (?:sync\w*|fetched))\b|\b(?:status|linked|connected)\b[^?]*{_FI}|\b(?:show|tell)\b[^?]*{_FI}"
)
_MOST: Final = 8


def _tool(text: str) -> str | None:
    if _CREDIT.search(text):
        return "get_credit_report"
    for tool, pattern in (("get_fi_status", _STATUS), ("link_fi", _LINK), ("sync_fi", _SYNC)):
        if pattern.search(text):
            return tool
    return None


def _call(frame: Frame) -> Call:
    return Call(_tool(frame.text) or "get_fi_status", {})


def _answer(frame: Frame, results: Results) -> str:
    call = _call(frame)
    found = results.of(call)
    if call.tool == "get_credit_report":
        return _credit(found)
    if found.text("status") == "login_required":
        return f"Fi waits for you to log in: {found.text('login_url')}. Then tell me to fetch from Fi."
    if call.tool == "sync_fi":
        return _fetched(found)
    if found.text("status") != "linked":
        return "Fi Money is not linked. Tell me to link Fi, and it will name a page where you log in."
    on = found.day("synced_at")
    return f"Fi Money is linked; {f'it was last fetched from on {day_name(on)}' if on else 'nothing was fetched yet'}."


def _fetched(found: Payload) -> str:
    brought = (
        times(found.integer("transactions_added"), "new transaction"),
        times(found.integer("investment_transactions_added"), "new investment transaction"),
        times(found.integer("accounts_opened"), "new account"),
    )
    odd = " Something in it was odd; the figures were kept as they came." if found.data.get("flags") else ""
    return f"Fetched from Fi: {', '.join(brought)}.{odd}"


def _credit(found: Payload) -> str:
    on, score = found.day("as_of"), found.optional_decimal("score")
    when = f" as of {day_name(on)}" if on else ""
    lines = [
        f"{one.text('lender')}, {one.text('kind').replace('_', ' ').lower()}: {money(balance)} owed"
        for one in found.rows("accounts")[:_MOST]
        if (balance := one.optional_decimal("balance")) is not None
    ]
    head = f"Your credit score{when} is {score:f}" if score is not None else f"There is no credit score{when}"
    late = found.decimal("past_due_total")
    due = f"{money(late)} is past due." if late else "Nothing is past due."
    return f"{head}. {due}" + (f"\n\n{bullets(lines)}" if lines else "")


INTENT: Final = Intent(
    name="fi",
    recognises=lambda mentions: _tool(mentions.text) is not None,
    calls=lambda frame, _results: (_call(frame),),
    answer=_answer,
    carries=False,
)
