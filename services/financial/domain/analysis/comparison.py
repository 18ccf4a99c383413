"""Two periods side by side, and which categories and payees moved the figure from one to the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from services.financial.domain.category import INCOME_CATEGORIES, Category
from services.financial.domain.summary import SPENDING_CATEGORIES
from services.shared.domain.money import Money


class Measure(StrEnum):
    """What is compared: `net` is income less spending."""

    SPENDING = "spending"
    INCOME = "income"
    NET = "net"

    @property
    def categories(self) -> frozenset[Category]:
        """The categories that are counted."""
        match self:
            case Measure.SPENDING:
                return SPENDING_CATEGORIES
            case Measure.INCOME:
                return INCOME_CATEGORIES
            case Measure.NET:
                return SPENDING_CATEGORIES | INCOME_CATEGORIES

    @property
    def sign(self) -> int:
        """-1 where money out is counted as positive."""
        return -1 if self is Measure.SPENDING else 1


class Movement(StrEnum):
    """What became of a payee or a category from the first period to the second."""

    NEW = "new"
    STOPPED = "stopped"
    MORE = "more"
    LESS = "less"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Sides:
    """What one category, or one payee in one category, came to in each period: signed sums and counts."""

    category: Category
    payee: str | None
    before: Money
    after: Money
    count_before: int
    count_after: int

    @property
    def change(self) -> Money:
        """From the first period to the second."""
        return self.after - self.before

    @property
    def movement(self) -> Movement:
        """By the counts first: a payee without a transaction before is new."""
        if not self.count_before and self.count_after:
            return Movement.NEW
        if self.count_before and not self.count_after:
            return Movement.STOPPED
        zero = Money.zero(self.before.currency)
        if self.change == zero:
            return Movement.SAME
        return Movement.MORE if self.change > zero else Movement.LESS

    def times(self, sign: int) -> Sides:
        """With amounts counted the other way round when `sign` is -1."""
        return Sides(
            self.category, self.payee, self.before * sign, self.after * sign, self.count_before, self.count_after
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: the changes of `categories` add up to `change`, and so do those of `payees` and `others`.

    Both lists come with the largest change first, whatever its sign. `others` is what all payees that are not listed
    changed together.
    """

    before: Money
    after: Money
    categories: tuple[Sides, ...]
    payees: tuple[Sides, ...]
    others: Money

    @property
    def change(self) -> Money:
        """From the first period to the second."""
        return self.after - self.before


def compare(categories: Iterable[Sides], payees: Iterable[Sides], measure: Measure, currency: str) -> Comparison:
    """The comparison of all categories, with the payees that are known to have moved most.

    The change is the sum of the categories' changes, so it is accounted for to the last minor unit whatever payees are
    listed.
    """
    parts = _largest_first(side.times(measure.sign) for side in categories)
    movers = _largest_first(side.times(measure.sign) for side in payees)
    before = Money.total((side.before for side in parts), currency)
    after = Money.total((side.after for side in parts), currency)
    others = after - before - Money.total((side.change for side in movers), currency)
    return Comparison(before, after, parts, movers, others)


def _largest_first(sides: Iterable[Sides]) -> tuple[Sides, ...]:
    return tuple(sorted(sides, key=lambda s: (-abs(s.change).amount, s.category.value, s.payee or "")))
