"""What several answers come to: "and HDFC?", "together?". The sum is of the figures that were told, looked up again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.flows import Flow, cells, periods_of, subjects_of
from agents.models.offline.frame import Frame
from agents.models.offline.framing import FLOWS
from agents.models.offline.intent import Intent
from agents.models.offline.intents import balances
from agents.models.offline.intents.balances import LIST_ACCOUNTS
from agents.models.offline.period_names import period_name
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.wording import capital, from_account

_BOTH: Final = r"(?:both|all(?: three| four)?|them|these|those|the two|two|everything)"
_CUES: Final = re.compile(
    rf"^(?:and |so |ok |what(?:'s| is| about) |how much (?:is (?:that|it) |are they )?|give |me |the )*"
    rf"(?:(?:total|sum)(?: (?:of|for))? {_BOTH}|{_BOTH} (?:together|combined|total|in (?:total|all)|added(?: up)?)|"
    rf"together|combined|altogether|add (?:them|{_BOTH})(?: up| together)?|(?:in )?total|sum|total how much|"
    rf"(?:if i )?add(?:ed)? (?:them|both)(?: up)?)(?: how much| please| now| (?:of )?{_BOTH})*\W*$"
)
_MOST: Final = 6


def added_up(text: str, earlier: Sequence[Frame]) -> Frame | None:
    """The frame that adds up the last answers, as long as they were of one kind; None when that is not asked."""
    if not _CUES.search(text.lower()) or not earlier or not _is_figure(earlier[-1]):
        return None
    parts = [earlier[-1]]
    for one in reversed(earlier[:-1]):
        if one.intent != parts[0].intent or not _is_figure(one) or len(parts) == _MOST:
            break
        parts.insert(0, one)
    each = tuple(piece for part in parts for piece in _pieces(part))
    return replace(earlier[-1], intent=INTENT.name, parts=each, text=text.lower()) if len(each) > 1 else None


def _is_figure(frame: Frame) -> bool:
    told = frame.intent == balances.INTENT.name and frame.account is not None
    return told or (frame.intent in FLOWS and frame.shape in (Shape.TOTAL, Shape.COMPARE) and not frame.weekdays)


def _pieces(frame: Frame) -> list[Frame]:
    """One frame for each figure that was told."""
    flow = FLOWS.get(frame.intent)
    if flow is None:
        return [frame]
    return [
        replace(
            frame,
            shape=Shape.TOTAL,
            categories=(subject.category,) if subject.category else (),
            payees=(subject.payee,) if subject.payee else (),
            periods=(period,),
        )
        for subject in subjects_of(frame)
        for period in periods_of(flow, frame)
    ]


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    listed = results.get(LIST_ACCOUNTS)
    if listed is None and any(one.account for one in frame.parts):
        return (LIST_ACCOUNTS,)
    accounts = listed.rows("accounts") if listed else []
    return tuple(
        LIST_ACCOUNTS if flow is None else _cell(flow, _of_account(one, accounts))
        for one in frame.parts
        for flow in [FLOWS.get(one.intent)]
    )


def _cell(flow: Flow, frame: Frame) -> Call:
    return next(iter(cells(flow, frame).values()))


def _of_account(frame: Frame, accounts: Sequence[Payload]) -> Frame:
    meant = matching_accounts(frame.account, accounts) if frame.account else []
    if len(meant) != 1:
        return frame
    return replace(frame, account_id=meant[0].text("account_id"), account_name=meant[0].text("name"))


def _answer(frame: Frame, results: Results) -> str:
    listed = results.get(LIST_ACCOUNTS)
    accounts = listed.rows("accounts") if listed else []
    figures = {name: figure for one in frame.parts for name, figure in _figures(one, accounts, results)}
    if len(figures) < 2:
        return "There is nothing to add that up with."
    currency = next(iter(figures.values()))[0].currency
    lines = [f"{name}: {money(payload.decimal(key), currency)}" for name, (payload, key) in figures.items()]
    total = results.calculate("sum", *(payload.ref(key) for payload, key in figures.values())).decimal("result")
    return f"{bullets(lines)}\n\nTogether that is {money(total, currency)}."


def _figures(frame: Frame, accounts: Sequence[Payload], results: Results) -> list[tuple[str, tuple[Payload, str]]]:
    """The figures of one part, each with its name."""
    flow = FLOWS.get(frame.intent)
    if flow is None:
        meant = matching_accounts(frame.account, accounts) if frame.account else []
        return [(one.text("name"), (one, "balance")) for one in meant]
    of_one = _of_account(frame, accounts)
    subject, period = subjects_of(of_one)[0], periods_of(flow, of_one)[0]
    about = f"{subject.title or flow.noun}{from_account(of_one)}"
    return [(f"{capital(about)} {period_name(period, frame.today)}", (results.of(_cell(flow, of_one)), "total"))]


INTENT: Final = Intent(name="together", recognises=lambda _: False, calls=_calls, answer=_answer, carries=False)
