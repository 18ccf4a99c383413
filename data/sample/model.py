"""What the generator returns: the files as banks would write them, and the truth behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

AccountKey = Literal["hdfc", "sbi", "icici"]
ACCOUNTS: tuple[AccountKey, ...] = ("hdfc", "sbi", "icici")
INCOME_CATEGORIES = frozenset({"salary", "interest", "other_income"})


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One movement in rupees, signed as its account sees it: negative is money out, or a purchase on the card."""

    date: date
    account: AccountKey
    amount: Decimal
    category: str
    payee: str
    narration: str
    reference: str
    balance_after: Decimal

    @property
    def month(self) -> str:
        """The calendar month, as 2026-10."""
        return f"{self.date:%Y-%m}"


@dataclass(frozen=True, slots=True)
class RecurringPayee:
    """Someone paid on the same day each month or quarter; `amount` is the latest, `day` the usual day of the month."""

    payee: str
    category: str
    amount: Decimal
    day: int
    cadence: Literal["monthly", "quarterly"]
    occurrences: int


@dataclass(frozen=True, slots=True)
class PriceRise:
    """A subscription that became dearer; `since` is the first payment of the new price."""

    payee: str
    before: Decimal
    after: Decimal
    since: date


@dataclass(frozen=True, slots=True)
class Truth:
    """What a perfect reader of the exports finds out.

    Spending is by month and category, refunds deducted, transfers and income left out; income is by month.
    """

    as_of: date
    opening: Mapping[AccountKey, Decimal]
    closing: Mapping[AccountKey, Decimal]
    ledger: tuple[LedgerEntry, ...]
    recurring: tuple[RecurringPayee, ...]
    price_rise: PriceRise
    outlier: LedgerEntry

    @property
    def spend(self) -> dict[str, dict[str, Decimal]]:
        """Spending by month, then by category."""
        months: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for entry in self.ledger:
            if entry.category != "transfer" and entry.category not in INCOME_CATEGORIES:
                months[entry.month][entry.category] -= entry.amount
        return {month: dict(sorted(months[month].items())) for month in sorted(months)}

    @property
    def spend_total(self) -> dict[str, Decimal]:
        """Spending by month."""
        return {month: sum(spent.values(), Decimal(0)) for month, spent in self.spend.items()}

    @property
    def income(self) -> dict[str, Decimal]:
        """Income by month: salary, interest and other income."""
        return _by_month(entry for entry in self.ledger if entry.category in INCOME_CATEGORIES)

    def rows(self, account: AccountKey) -> tuple[LedgerEntry, ...]:
        """One account's movements, oldest first, as in its export."""
        return tuple(entry for entry in self.ledger if entry.account == account)


def _by_month(entries: Iterable[LedgerEntry]) -> dict[str, Decimal]:
    months: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        months[entry.month] += entry.amount
    return dict(sorted(months.items()))
