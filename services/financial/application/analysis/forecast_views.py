"""What a forecast answers; see `application.views` for what holds of all figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.application.views import LeftOutView


@dataclass(frozen=True, slots=True)
class ForecastAccountView:
    """An account in the forecast, and the day of its newest record."""

    name: str
    balance: Decimal
    last_transaction_on: date | None


@dataclass(frozen=True, slots=True)
class ForecastPointView:
    """The balance at the end of a day: expected, and the ends of the interval."""

    day: date
    expected: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class ForecastView:
    """The balance of the accounts together over the days after `as_of`, the newest record's.

    `expected` is `balance` and the income that recurs, the commitments that recur (rent, EMIs, subscriptions, bills;
    negative) and everything else as it usually is (`everything_else`, signed). `low` and `high` hold the actual balance
    in about `target_percent` of cases. `coverage_percent` is how often they did in the back-test, None when records are
    too short to tell (`is_calibrated` is then false); `back_tests` counts the forecasts of the past that it rests on.
    `lowest` is the smallest expected balance; `may_fall_below_zero_on` is the first day whose low end is below zero,
    None when there is none. `stale_accounts` have no record in the last 15 days: what moved since is not known.
    """

    as_of: date
    from_: date
    to: date
    currency: str
    balance: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal
    change: Decimal
    recurring_income: Decimal
    commitments: Decimal
    everything_else: Decimal
    lowest: Decimal
    lowest_on: date
    may_fall_below_zero_on: date | None
    target_percent: int
    coverage_percent: Decimal | None
    is_calibrated: bool
    back_tests: int
    known_days: int
    points: tuple[ForecastPointView, ...]
    accounts: tuple[ForecastAccountView, ...]
    stale_accounts: tuple[str, ...]
    left_out: tuple[LeftOutView, ...]
