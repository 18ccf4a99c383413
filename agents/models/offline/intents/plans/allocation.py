"""How to spread what is left over each month over all goals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE

_CUES: Final = re.compile(
    r"\b(?:split|allocat\w*|distribut\w*|spread|divid\w*|priorit\w*)\b[^?]*\b(?:goals|surplus|savings)\b|"
    r"\b(?:surplus|savings)\b[^?]*\b(?:across|between|among|over) (?:all )?(?:my )?goals\b|"
    r"\b(?:surplus|savings)\b[^?]*\bgoals\b[^?]*\b(?:split|allocate|divide|spread)\b|\bwhich goal\b[^?]*\bfirst\b"
)
_MONTHS: Final = 6


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text))


def _flow(frame: Frame) -> Call:
    period = periods.last_months(frame.today, _MONTHS)
    return Call("get_cash_flow", {"from": period.start.isoformat(), "to": period.end.isoformat()})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if frame.quantities.amount is not None:
        return (_call(frame.quantities.amount),)
    flow = results.get(_flow(frame))
    return (_flow(frame),) if flow is None else (_flow(frame), _call(_surplus(flow)))


def _surplus(flow: Payload) -> Decimal:
    return max(flow.decimal("net") / _MONTHS, Decimal(0)).quantize(Decimal(1))


def _call(surplus: Decimal) -> Call:
    return Call("allocate_surplus", {"surplus": plain(surplus)})


def _answer(frame: Frame, results: Results) -> str:
    amount = frame.quantities.amount
    plan = results.of(_call(amount if amount is not None else _surplus(results.of(_flow(frame)))))
    rows = plan.rows("goals")
    if not rows:
        return "You have no goals to spread it over yet."
    lines = [
        f"{one.text('name')}: {money(one.decimal('allocated'), plan.currency)} a month of "
        f"{money(one.decimal('required_monthly'), plan.currency)} that it takes"
        for one in rows
    ]
    source = "" if amount is not None else ", which is what you kept on average in the last six full months"
    rest = f"{money(plan.decimal('unallocated'), plan.currency)} is left over."
    return (
        f"Of {money(plan.decimal('surplus'), plan.currency)} a month{source}:\n\n{bullets(lines)}\n\n{rest} {ESTIMATE}"
    )


INTENT: Final = Intent(name="allocation", recognises=_recognises, calls=_calls, answer=_answer)
