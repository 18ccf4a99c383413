"""The read port of what may stand out: storage measures what is usual, and hands over what is far from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.financial.domain.analysis.anomalies import Charge
from services.financial.domain.analysis.robust import RobustSpread
from services.financial.domain.period import Period
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class Suspect:
    """A charge and what is usual for its payee or its category.

    `everyday` is the (lower) median of all payments, `of_payee` how many the payee had, `year_before` the largest of
    them about a year earlier.
    """

    charge: Charge
    spread: RobustSpread
    everyday: Money
    of_payee: int
    year_before: Money | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A charge that was not given back, an earlier equal one, and on how many other occasions the payee did so."""

    charge: Charge
    earlier: Charge
    habit: int


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A first payment to somebody, the spread of all payments, and their 95th percentile."""

    charge: Charge
    everything: RobustSpread
    large: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Charges booked in `window` are looked at; those of `known` (which includes it) tell what is usual.

    At most `limit` are handed over, those first that stand out most.
    """

    user_id: UserId
    known: Period
    window: Period
    currency: str
    limit: int


class OdditiesReader(Protocol):
    """What may stand out among one person's spending; another person's does not exist for it.

    Each may hand over more than what stands out by the rules of the domain, and never less.
    """

    async def far_from_payee(self, search: Search) -> list[Suspect]:
        """Charges far above the median of their payee's."""
        ...

    async def far_from_category(self, search: Search) -> list[Suspect]:
        """Charges far above the median of their category's."""
        ...

    async def repeats(self, search: Search) -> list[Repeat]:
        """Charges of the same amount to the same payee within two days of another."""
        ...

    async def newcomers(self, search: Search) -> list[Newcomer]:
        """Large charges of payees that have no earlier transaction on record."""
        ...
