"""What the answers must be, computed from a household's truth by other means than the program's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.sample import SampleHousehold

INCOME = {"salary", "interest", "other_income"}


@dataclass(frozen=True, slots=True)
class Oracle:
    """Sums over the ledger of a household."""

    household: SampleHousehold

    def spent(
        self,
        start: date,
        end: date,
        *,
        category: str | None = None,
        payee: str | None = None,
        account: str | None = None,
    ) -> Decimal:
        """Money out, refunds taken off."""
        return -sum(
            (
                entry.amount
                for entry in self.household.truth.ledger
                if start <= entry.date <= end
                and entry.category not in INCOME | {"transfer"}
                and (category is None or entry.category == category)
                and (payee is None or payee.upper() in entry.payee.upper())
                and (account is None or entry.account == account)
            ),
            Decimal(0),
        )

    def earned(self, start: date, end: date, category: str | None = None) -> Decimal:
        """Money in."""
        wanted = {category} if category else INCOME
        return sum(
            (e.amount for e in self.household.truth.ledger if start <= e.date <= end and e.category in wanted),
            Decimal(0),
        )

    def largest(self, start: date, end: date, by: Callable[..., str]) -> tuple[str, Decimal]:
        """The group with the most spending."""
        groups: dict[str, Decimal] = defaultdict(Decimal)
        for entry in self.household.truth.ledger:
            if start <= entry.date <= end and entry.category not in INCOME | {"transfer"}:
                groups[by(entry)] -= entry.amount
        return max(groups.items(), key=lambda item: item[1])

    def net_worth(self) -> Decimal:
        """All closing balances together."""
        return sum(self.household.truth.closing.values(), Decimal(0))


def rupees(amount: Decimal) -> str:
    """`₹1,23,456.50`, written here anew on purpose."""
    whole, paise = f"{abs(amount):.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    while len(head) > 2:
        tail, head = f"{head[-2:]},{tail}", head[:-2]
    return f"₹{head + ',' if head else ''}{tail}.{paise}"
