"""What balances will be: recurring payments and income on their days, and the rest as it usually is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Final

from services.financial.domain.analysis.regular_income import regular_incomes
from services.financial.domain.recurring import Payment, RecurringPayment, find_recurring

_BLOCK: Final = 30
_BLOCKS: Final = 12
_SEASONAL_FROM_DAYS: Final = 540
_SEASON_WEIGHT: Final = Decimal("0.5")
_SEASON_MOST: Final = Decimal("0.3")
_ZERO: Final = Decimal(0)


@dataclass(frozen=True)
class History:
    """What is known at the end of `end`: the signed sum of each day's movements on the accounts since `start`.

    `outgoing` and `incoming` are the payments among them that may recur, with positive amounts, in the order of days.
    """

    start: date
    end: date
    flows: Mapping[date, Decimal]
    outgoing: Sequence[Payment]
    incoming: Sequence[Payment]

    @property
    def days(self) -> int:
        """How many days are known."""
        return (self.end - self.start).days + 1

    def until(self, day: date) -> History:
        """What was known at the end of an earlier day."""
        return replace(
            self,
            end=day,
            outgoing=[payment for payment in self.outgoing if payment.booked_on <= day],
            incoming=[payment for payment in self.incoming if payment.booked_on <= day],
        )

    @cached_property
    def totals(self) -> list[Decimal]:
        """What moved up to each day, from the day before `start` on."""
        days = (self.start + timedelta(days=at) for at in range(self.days))
        return list(accumulate((self.flows.get(day, _ZERO) for day in days), initial=_ZERO))


@dataclass(frozen=True, slots=True)
class Expectation:
    """Expected movements of each day after the history: what recurs, and all the rest."""

    income: tuple[Decimal, ...]
    commitments: tuple[Decimal, ...]
    rest: tuple[Decimal, ...]

    def path(self) -> list[Decimal]:
        """How much the balance will have changed by the end of each day."""
        return list(accumulate(sum(day, _ZERO) for day in zip(self.income, self.commitments, self.rest, strict=True)))


def expect(history: History, days: int) -> Expectation:
    """The movements of the next days.

    Recurring income and payments come on their days with their latest amount (the median of the last six where it
    varies); one that is due already comes tomorrow. The rest is spread evenly: its mean over the last twelve blocks of
    thirty days, without the highest and the lowest block, moved half way to what the calendar month was in earlier
    years when a year and a half is known, and by no more than 30 percent.
    """
    incomes = regular_incomes(history.incoming, history.end)
    commitments = find_recurring(history.outgoing, history.end)
    recurring = _by_day(incomes, 1)
    for day, amount in _by_day(commitments, -1).items():
        recurring[day] = recurring.get(day, _ZERO) + amount
    rest = _rest(history, recurring)
    ahead = [history.end + timedelta(days=at) for at in range(1, days + 1)]
    return Expectation(
        income=_dues(incomes, history.end, days, 1),
        commitments=_dues(commitments, history.end, days, -1),
        rest=tuple(rest.on(day) for day in ahead),
    )


def _by_day(found: Sequence[RecurringPayment], sign: int) -> dict[date, Decimal]:
    """What was moved in the past by what recurs."""
    moved: dict[date, Decimal] = defaultdict(lambda: _ZERO)
    for recurring in found:
        for payment in recurring.payments:
            moved[payment.booked_on] += sign * payment.amount.amount
    return dict(moved)


def _dues(found: Sequence[RecurringPayment], end: date, days: int, sign: int) -> tuple[Decimal, ...]:
    due = [_ZERO] * days
    for recurring in found:
        pending = recurring.next_due_on <= end
        if pending:
            due[0] += sign * recurring.typical_amount.amount
        for day in recurring.dues(end + timedelta(days=days)):
            if day > end:
                due[(day - end).days - 1] += sign * recurring.typical_amount.amount
    return tuple(due)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a day moves beside what recurs: the mean, and how far each calendar month is from it."""

    mean: Decimal
    seasons: Mapping[int, Decimal]

    def on(self, day: date) -> Decimal:
        return self.mean + self.seasons.get(day.month, _ZERO)


def _rest(history: History, recurring: Mapping[date, Decimal]) -> _Rest:
    days = [history.start + timedelta(days=at) for at in range(history.days)]
    known = list(accumulate((recurring.get(day, _ZERO) for day in days), initial=_ZERO))
    totals = [moved - expected for moved, expected in zip(history.totals, known, strict=True)]
    mean = _trimmed_mean(totals)
    if history.days < _SEASONAL_FROM_DAYS:
        return _Rest(mean, {})
    return _Rest(mean, {month: _pull(one - mean, mean) for month, one in _by_month(days, totals).items()})


def _trimmed_mean(totals: Sequence[Decimal]) -> Decimal:
    """Of a day, over the last twelve blocks of thirty days; over everything when there is less than one block."""
    ends = range(len(totals) - 1, _BLOCK - 1, -_BLOCK)
    blocks = sorted(totals[end] - totals[end - _BLOCK] for end in list(ends)[:_BLOCKS])
    if not blocks:
        return (totals[-1] - totals[0]) / max(len(totals) - 1, 1)
    kept = blocks[1:-1] if len(blocks) >= 5 else blocks
    return sum(kept, _ZERO) / len(kept) / _BLOCK


def _by_month(days: Sequence[date], totals: Sequence[Decimal]) -> dict[int, Decimal]:
    """The mean day of each calendar month, over all years."""
    moved: dict[int, Decimal] = defaultdict(lambda: _ZERO)
    count: dict[int, int] = defaultdict(int)
    for at, day in enumerate(days):
        moved[day.month] += totals[at + 1] - totals[at]
        count[day.month] += 1
    return {month: moved[month] / count[month] for month in moved}


def _pull(distance: Decimal, mean: Decimal) -> Decimal:
    most = abs(mean) * _SEASON_MOST
    return max(-most, min(most, distance * _SEASON_WEIGHT))
