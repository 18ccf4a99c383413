"""Single transactions: the latest, the largest, how many, and lists of them."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.income import INCOME_CATEGORIES
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name, period_name
from agents.models.offline.rendering import bullets, money, times
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.unknown_payees import payee_calls, unknown_payee
from agents.models.offline.wording import category_name, from_account, narrow_note, payee_name, unread_note, way_note

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
_ANYTHING: Final = re.compile(r"\b(?:everything|anything|things)\b")
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
    r"thing i bought|buys?|bills?)\b"
)
_TOP_ROWS: Final = re.compile(
    r"\btop (?:\w+ )?(?:expenses?|transactions?|txns?|payments?|purchases?|spends|debits?|credits?)\b(?! categor| by)"
)
_BARE_LARGEST: Final = re.compile(
    r"^(?:and |what about |(?:which|what)(?: one)?(?: is|'s| was) )?(?:the )?(?:\w+ )?"
    r"(?:biggest|largest|highest|costliest)(?: (?:one|of them))?\W*$"
)
_TAGGED: Final = re.compile(r"\btag(?:ged)?(?: (?:as|with))? [\"'#]?(?P<tag>[\w-]+)")
_BOUGHT: Final = re.compile(r"\bwhat(?: all)? (?:did|have) (?:i|we) (?:buy|bought|purchased?|order(?:ed)?)\b")
_REFUNDS: Final = re.compile(r"\brefund|\bcashback|\breversals?\b|\breturned money\b")
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
_CREDIT: Final = re.compile(
    r"\bcredits?\b(?! card)|\breceived\b|\brefunds?\b|\bdeposits?\b|\bincoming\b|"
    r"\bcashback\b"
)
_ANY_DIRECTION: Final = re.compile(r"\btransactions?\b|\btxns?\b|\bentries\b")
_ANY_ROWS: Final = re.compile(rf"\b{_ROWS}\b")
_SPENDING_ROWS: Final = re.compile(
    r"^[^\w]*(?:my |all |show |list )*(?:spending|spends?|spent|kharche)\b|\bspending[^\w]*$"
)
_FLOW: Final = re.compile(
    r"\bhow much\b|\bsum of\b|\bleft (?:after|over)\b|\btotal\b|\baverage\b|\btrend\b|"
    r"\bcompare\b|\brecurring\b"
)
_PLURAL: Final = re.compile(r"\b(?:transactions|txns|payments|purchases|expenses|orders|debits|credits)\b")
_DEFAULT_LIMIT: Final = 10
_MOST: Final = 50


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if _REFUNDS.search(text) and (mentions.payees or mentions.periods) and not _FLOW.search(text):
        return True
    if mentions.condition is not None and _ROWS_OF.search(text) and not _FLOW.search(text):
        return True
    alone = bool(_ALONE.search(mentions.rest)) and not (mentions.subjects and "payments" in text)
    if alone or (_HAPPENED.search(text) and (mentions.periods or mentions.account)):
        return True
    if any(one.search(text) for one in (_LATEST, _COUNT, _LARGEST, _SMALLEST, _FIRST, _TOP_ROWS, _BOUGHT)):
        return True
    listed = bool(_LIST.search(text)) or (
        mentions.condition is not None and (mentions.says(_ANY_ROWS) or mentions.says(_ANYTHING))
    )
    listed = listed or (mentions.condition is not None and bool(_SPENDING_ROWS.search(mentions.rest)))
    return listed and not _FLOW.search(text)


def _shape(mentions: Mentions) -> Shape:
    if _FIRST.search(mentions.text):
        return Shape.FIRST
    if _LATEST.search(mentions.text):
        return Shape.LATEST
    if _SMALLEST.search(mentions.text):
        return Shape.SMALLEST
    if _COUNT.search(mentions.text):
        return Shape.COUNT
    largest = any(one.search(mentions.text) for one in (_LARGEST, _TOP_ROWS, _BARE_LARGEST))
    return Shape.LARGEST if largest else Shape.LIST


def _direction(frame: Frame) -> str | None:
    if _CREDIT.search(frame.text) or (frame.categories and set(frame.categories) <= INCOME_CATEGORIES):
        return "credit"
    listed = frame.shape in (Shape.LIST, Shape.COUNT)
    return None if listed and _ANY_DIRECTION.search(frame.text) else "debit"


def _limit(frame: Frame) -> int:
    if frame.limit:
        return frame.limit
    if _REFUNDS.search(frame.text) or re.search(r"\ball\b|\bevery\b", frame.text):
        return _MOST
    return 1 if frame.shape is Shape.LARGEST and not _PLURAL.search(frame.text) else _DEFAULT_LIMIT


def _call(frame: Frame) -> Call:
    """Transfers are no purchases: for the largest, all are fetched that may be needed to leave them out."""
    largest = frame.shape in (Shape.LARGEST, Shape.SMALLEST)
    tag = _tag(frame)
    optional: dict[str, object | None] = {
        "from": frame.period.start.isoformat() if frame.period else None,
        "to": frame.period.end.isoformat() if frame.period else None,
        "category": frame.categories[0] if frame.categories and tag is None else None,
        "payee": frame.payees[0] if frame.payees and tag is None else None,
        "tag": tag,
        "account_id": frame.account_id,
        "direction": _direction(frame),
        "min_amount": f"{frame.minimum:f}" if frame.minimum is not None else None,
        "max_amount": f"{frame.maximum:f}" if frame.maximum is not None else None,
        "sort": "largest" if largest else "oldest" if frame.shape is Shape.FIRST else "newest",
        "limit": _MOST if largest else 1 if frame.shape in (Shape.LATEST, Shape.FIRST) else _limit(frame),
    }
    return Call("search_transactions", {key: value for key, value in optional.items() if value is not None})


def _answer(frame: Frame, results: Results) -> str:
    unknown = unknown_payee(frame, results)
    if unknown:
        return unknown
    payload = results.of(_call(frame))
    rows = payload.rows("transactions")
    if _REFUNDS.search(frame.text):
        return _refunds(frame, results, payload, rows)
    if not rows:
        return f"No matching transaction{_about(frame)}{_when(frame)} found."
    return _told(frame, payload, rows) + unread_note(frame)


def _told(frame: Frame, payload: Payload, rows: list[Payload]) -> str:
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
    head = f"{_found(frame, payload)} {'The latest' if payload.integer('count') > len(rows) else 'They are'}:"
    if len(rows) == 1:
        return f"One transaction{_about(frame)}{from_account(frame)}{_when(frame)}: {_line(rows[0], payload.currency)}."
    return f"{head}\n\n{bullets(_line(row, payload.currency) for row in rows)}\n\n{way_note(frame).strip()}".rstrip()


def _found(frame: Frame, payload: Payload) -> str:
    """How many there are, and what they come to."""
    sides = [("total_debit", "out"), ("total_credit", "in")]
    sizes = [(payload.decimal(key), side) for key, side in sides]
    totals = [f"{money(size, payload.currency)} {side}" for size, side in sizes if size]
    count = times(payload.integer("count"), "transaction")
    return f"{count}{_about(frame)}{from_account(frame)}{_when(frame)}, {' and '.join(totals)}."


def _tag(frame: Frame) -> str | None:
    tagged = _TAGGED.search(frame.text)
    return tagged["tag"] if tagged else None


def _about(frame: Frame) -> str:
    if (tag := _tag(frame)) is not None:
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
    if _direction(frame) is None:
        moved = f"{money(payload.decimal('total_debit'), payload.currency)} out and "
        moved += f"{money(payload.decimal('total_credit'), payload.currency)} in"
        rows = times(payload.integer("count"), "transaction")
        return f"{rows}{_about(frame)}{from_account(frame)}{_when(frame)}: {moved}.{way_note(frame)}"
    total = payload.decimal("total_credit" if _direction(frame) == "credit" else "total_debit")
    count = times(payload.integer("count"), "time")
    about = f"{_about(frame)}{from_account(frame)}{_when(frame)}"
    return f"{count.capitalize()}{about}: {money(total, payload.currency)} in all.{way_note(frame)}"


def _one_of(frame: Frame, rows: list[Payload], currency: str) -> str:
    """One row of the list that was told."""
    place = frame.place or 0
    if place >= len(rows):
        return "There are not that many in the list."
    return f"That one is {_line(rows[place], currency)}."


def _largest_rows(frame: Frame, rows: list[Payload]) -> list[Payload]:
    wanted = [row for row in rows if row.text("category") != "transfer" or frame.categories == ("transfer",)]
    return (wanted or rows)[: _limit(frame)]


def _largest(frame: Frame, rows: list[Payload], currency: str) -> str:
    shown = _largest_rows(frame, rows)
    if len(shown) == 1:
        return f"The largest{_about(frame)}{from_account(frame)}{_when(frame)} was {_line(shown[0], currency)}."
    return f"The largest{_about(frame)}{from_account(frame)}{_when(frame)}:\n\n" + bullets(
        _line(row, currency) for row in shown
    )


def _line(row: Payload, currency: str) -> str:
    on, amount = row.day("date"), row.decimal("amount")
    sign = "+" if amount > 0 else ""
    return (
        f"{payee_name(row.text('payee'))} ({category_name(row.text('category'))}), "
        f"{sign}{money(abs(amount), row.text('currency') or currency)}{f' on {day_name(on)}' if on else ''}"
    )


INTENT: Final = Intent(
    name="transactions",
    recognises=_recognises,
    calls=lambda frame, results: (_call(frame), *payee_calls(frame, results, (_call(frame),))),
    answer=_answer,
    shape=_shape,
    by_account=True,
)
