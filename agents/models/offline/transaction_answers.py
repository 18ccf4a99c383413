"""What is said of single transactions: one of them, how many there are, or a list."""

from __future__ import annotations

from agents.models.offline.frame import Frame
from agents.models.offline.intents.income import INCOME_CATEGORIES
from agents.models.offline.period_names import day_name, period_name
from agents.models.offline.rendering import bullets, money, times
from agents.models.offline.results import Payload, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.transaction_search import asks_refunds, direction_of, limit_of, search_call, tag_of
from agents.models.offline.unknown_payees import unknown_payee
from agents.models.offline.wording import category_name, from_account, narrow_note, payee_name, unread_note, way_note


def transactions_answer(frame: Frame, results: Results) -> str:
    """What was found, or which payee is not on record."""
    unknown = unknown_payee(frame, results)
    if unknown:
        return unknown
    payload = results.of(search_call(frame))
    rows = payload.rows("transactions")
    if asks_refunds(frame.text):
        return _refunds(frame, results, payload, rows)
    if not rows:
        return f"No matching transaction{_about(frame)}{_when(frame)} found."
    return _told(frame, results, payload, rows) + unread_note(frame)


def _told(frame: Frame, results: Results, payload: Payload, rows: list[Payload]) -> str:
    if frame.place is not None:
        return _one_of(frame, _largest_rows(frame, rows) if frame.shape is Shape.LARGEST else rows, payload.currency)
    if frame.shape in (Shape.LATEST, Shape.FIRST):
        which = "last" if frame.shape is Shape.LATEST else "first"
        return _latest(rows[0], payload.currency, which) + narrow_note(frame)
    if frame.shape is Shape.SMALLEST:
        return _smallest(frame, payload, rows)
    if frame.shape is Shape.COUNT:
        return _count(frame, payload)
    if frame.shape is Shape.LARGEST:
        return _largest(frame, rows, payload.currency) + way_note(frame)
    head = (
        _last_few(frame, results, payload)
        or f"{_found(frame, payload)} {'The latest' if payload.integer('count') > len(rows) else 'They are'}:"
    )
    if len(rows) == 1:
        return f"One transaction{_about(frame)}{from_account(frame)}{_when(frame)}: {_line(rows[0], payload.currency)}."
    return f"{head}\n\n{bullets(_line(row, payload.currency) for row in rows)}\n\n{way_note(frame).strip()}".rstrip()


def _last_few(frame: Frame, results: Results, payload: Payload) -> str:
    """What so many of the latest come to, where the money of all of them went one way; empty otherwise."""
    rows = payload.rows("transactions")
    if not frame.limit or len(rows) < 2 or len({row.decimal("amount") > 0 for row in rows}) > 1:
        return ""
    total = results.calculate("sum", *(row.ref("amount") for row in rows)).decimal("result")
    about = f"{_about(frame)}{from_account(frame)}{_when(frame)}"
    return f"The last {len(rows)}{about}, {money(abs(total), payload.currency)} in all:"


def _found(frame: Frame, payload: Payload) -> str:
    """How many there are, and what they come to."""
    sides = [("total_debit", "out"), ("total_credit", "in")]
    sizes = [(payload.decimal(key), side) for key, side in sides]
    totals = [f"{money(size, payload.currency)} {side}" for size, side in sizes if size]
    count = times(payload.integer("count"), "transaction")
    return f"{count}{_about(frame)}{from_account(frame)}{_when(frame)}, {' and '.join(totals)}."


def _about(frame: Frame) -> str:
    if (tag := tag_of(frame)) is not None:
        return f" tagged “{tag}”"
    category = f" for {category_name(frame.categories[0])}" if frame.categories else ""
    return category + (f" with {payee_name(frame.payees[0])}" if frame.payees else "")


def _when(frame: Frame) -> str:
    return f" {period_name(frame.period, frame.today)}" if frame.period else ""


def _smallest(frame: Frame, payload: Payload, rows: list[Payload]) -> str:
    if payload.integer("count") > len(rows):
        return (
            "There are too many payments to find the smallest among them. Name a shorter period or a category, "
            "or set a maximum amount."
        )
    row = next((one for one in reversed(rows) if one.text("category") != "transfer"), rows[-1])
    return f"The smallest{_about(frame)}{from_account(frame)}{_when(frame)} was {_line(row, payload.currency)}."


def _latest(row: Payload, currency: str, which: str) -> str:
    on = row.day("date")
    verb = "paid" if row.decimal("amount") < 0 else "received"
    side = "" if verb == "paid" else "from "
    amount = money(abs(row.decimal("amount")), currency)
    what = f"{amount} {side or 'to '}{payee_name(row.text('payee'))}"
    return f"You {which} {verb} {what}{f' on {day_name(on)}' if on else ''} ({category_name(row.text('category'))})."


def _refunds(frame: Frame, results: Results, payload: Payload, rows: list[Payload]) -> str:
    """Money that came back: credits that are neither income nor moved between own accounts."""
    back = [row for row in rows if row.text("category") not in INCOME_CATEGORIES | {"transfer"}]
    if not back:
        return f"No refund{_about(frame)}{_when(frame)} found."
    lines = bullets(_line(row, payload.currency) for row in back)
    newest = " among the newest credits" if payload.integer("count") > len(rows) else ""
    if len(back) == 1:
        return f"One refund{_about(frame)}{_when(frame)}{newest}: {_line(back[0], payload.currency)}."
    total = results.calculate("sum", *(row.ref("amount") for row in back)).decimal("result")
    return f"Refunds{_about(frame)}{_when(frame)}{newest}, {money(total, payload.currency)} in all:\n\n{lines}"


def _count(frame: Frame, payload: Payload) -> str:
    if direction_of(frame) is None:
        moved = f"{money(payload.decimal('total_debit'), payload.currency)} out and "
        moved += f"{money(payload.decimal('total_credit'), payload.currency)} in"
        rows = times(payload.integer("count"), "transaction")
        return f"{rows}{_about(frame)}{from_account(frame)}{_when(frame)}: {moved}.{way_note(frame)}"
    total = payload.decimal("total_credit" if direction_of(frame) == "credit" else "total_debit")
    count = times(payload.integer("count"), "time")
    about = f"{_about(frame)}{from_account(frame)}{_when(frame)}"
    return f"{count.capitalize()}{about}: {money(total, payload.currency)} in all.{way_note(frame)}"


def _one_of(frame: Frame, rows: list[Payload], currency: str) -> str:
    """One row of the list that was told."""
    place = frame.place or 0
    if place >= len(rows):
        return "There are not that many in the list."
    return f"That one is {_line(rows[place], currency)}."


def _largest(frame: Frame, rows: list[Payload], currency: str) -> str:
    shown = _largest_rows(frame, rows)
    if len(shown) == 1:
        return f"The largest{_about(frame)}{from_account(frame)}{_when(frame)} was {_line(shown[0], currency)}."
    return f"The largest{_about(frame)}{from_account(frame)}{_when(frame)}:\n\n" + bullets(
        _line(row, currency) for row in shown
    )


def _largest_rows(frame: Frame, rows: list[Payload]) -> list[Payload]:
    wanted = [row for row in rows if row.text("category") != "transfer" or frame.categories == ("transfer",)]
    return (wanted or rows)[: limit_of(frame)]


def _line(row: Payload, currency: str) -> str:
    on, amount = row.day("date"), row.decimal("amount")
    sign = "+" if amount > 0 else ""
    return (
        f"{payee_name(row.text('payee'))} ({category_name(row.text('category'))}), "
        f"{sign}{money(abs(amount), row.text('currency') or currency)}{f' on {day_name(on)}' if on else ''}"
    )
