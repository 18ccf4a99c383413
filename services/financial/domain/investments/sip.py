"""Systematic investment plans, found in the days and amounts of purchases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.transaction import InvestmentTransaction, InvestmentType
from services.financial.domain.recurring_schedule import CADENCES, Cadence, fit_schedule
from services.shared.domain.ids import AccountId

_MIN_OF_ONE_AMOUNT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sip:
    """A plan: `amount` is the latest instalment, `previous_amount` what it was before it was last stepped up or down.

    `is_active` says that on the day of asking it is not overdue by more than a whole cadence.
    """

    account_id: AccountId
    instrument_id: InstrumentId
    folio: str
    amount: Decimal
    previous_amount: Decimal | None
    cadence: Cadence
    day_of_month: int
    instalments: int
    invested: Decimal
    first_on: date
    last_on: date
    next_due_on: date
    is_active: bool

    @property
    def monthly_amount(self) -> Decimal:
        """What it comes to in an average month."""
        return (self.amount * CADENCES[self.cadence].per_year / 12).quantize(Decimal("0.01"))


def find_sips(transactions: Iterable[InvestmentTransaction], as_of: date) -> list[Sip]:
    """Purchases of one instrument in one folio that follow a calendar (see `recurring_schedule`).

    All purchases together are tried first, so that a plan may be stepped up; a third may be of another amount. Else
    each amount that came at least four times is tried by itself, so that purchases beside a plan do not hide it.
    Purchases that the source calls SIPs are looked at before all others.
    """
    groups: dict[tuple[AccountId, InstrumentId, str], list[InvestmentTransaction]] = defaultdict(list)
    for one in transactions:
        if one.type in (InvestmentType.BUY, InvestmentType.SIP) and one.amount > 0 and one.traded_on <= as_of:
            groups[one.account_id, one.instrument_id, one.folio].append(one)
    found = [sip for group in groups.values() for sip in _plans(group, as_of)]
    return sorted(found, key=lambda sip: (not sip.is_active, -sip.amount, sip.first_on, str(sip.instrument_id)))


def _plans(group: Sequence[InvestmentTransaction], as_of: date) -> list[Sip]:
    series = sorted(group, key=lambda one: (one.traded_on, one.amount))
    told = [one for one in series if one.type is InvestmentType.SIP]
    for candidates in (told, series):
        plan = _plan(candidates, as_of) if _steps(candidates) * 3 <= len(candidates) else None
        if plan is not None:
            return [plan]
    by_amount: dict[Decimal, list[InvestmentTransaction]] = defaultdict(list)
    for one in series:
        by_amount[one.amount].append(one)
    plans = (_plan(same, as_of) for same in by_amount.values() if len(same) >= _MIN_OF_ONE_AMOUNT)
    return [plan for plan in plans if plan is not None]


def _steps(series: Sequence[InvestmentTransaction]) -> int:
    return sum(a.amount != b.amount for a, b in pairwise(series))


def _plan(series: Sequence[InvestmentTransaction], as_of: date) -> Sip | None:
    schedule = fit_schedule([one.traded_on for one in series])
    if schedule is None or schedule.cadence in (Cadence.HALF_YEARLY, Cadence.YEARLY):
        return None
    last = series[-1]
    rule = CADENCES[schedule.cadence]
    return Sip(
        account_id=last.account_id,
        instrument_id=last.instrument_id,
        folio=last.folio,
        amount=last.amount,
        previous_amount=next((one.amount for one in reversed(series) if one.amount != last.amount), None),
        cadence=schedule.cadence,
        day_of_month=schedule.day_of_month,
        instalments=len(series),
        invested=sum((one.amount for one in series), Decimal(0)),
        first_on=series[0].traded_on,
        last_on=last.traded_on,
        next_due_on=schedule.next_due,
        is_active=(as_of - schedule.next_due).days <= rule.days + rule.slip_days,
    )
