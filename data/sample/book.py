"""The book in which a household's movements are put before they become statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.sample.model import AccountKey, LedgerEntry


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement before its balance is known; `order` keeps a day's movements as they were put in."""

    date: date
    account: AccountKey
    amount: Decimal
    category: str
    payee: str
    narration: str
    reference: str
    order: int


class Book:
    """Collects movements up to the last day; what lies after it has not happened yet."""

    def __init__(self, opening: dict[AccountKey, Decimal], end: date) -> None:
        self.opening = opening
        self._end = end
        self._movements: list[Movement] = []

    def put(
        self, day: date, account: AccountKey, amount: Decimal, category: str, payee: str, narration: str, reference: str
    ) -> bool:
        """Put a movement in, to the paisa; False when it lies after the last day."""
        if day > self._end:
            return False
        paisa = amount.quantize(Decimal("0.01"))
        order = len(self._movements)
        self._movements.append(Movement(day, account, paisa, category, payee, narration, reference, order))
        return True

    def balance(self, account: AccountKey, until: date) -> Decimal:
        """The balance at the end of that day."""
        return self.opening[account] + sum(
            (entry.amount for entry in self._movements if entry.account == account and entry.date <= until), Decimal(0)
        )

    def lowest(self, account: AccountKey, since: date, until: date) -> Decimal:
        """The lowest balance at the end of any movement between two days, both included."""
        balance = lowest = self.balance(account, date.fromordinal(since.toordinal() - 1))
        for entry in self._sorted():
            if entry.account == account and since <= entry.date <= until:
                balance += entry.amount
                lowest = min(lowest, balance)
        return lowest

    def entries(self) -> tuple[LedgerEntry, ...]:
        """All movements in order of their day, with running balances."""
        balances = dict(self.opening)
        return tuple(self._entry(balances, movement) for movement in self._sorted())

    def _sorted(self) -> Iterable[Movement]:
        return sorted(self._movements, key=lambda movement: (movement.date, movement.order))

    @staticmethod
    def _entry(balances: dict[AccountKey, Decimal], movement: Movement) -> LedgerEntry:
        balances[movement.account] += movement.amount
        return LedgerEntry(
            movement.date,
            movement.account,
            movement.amount,
            movement.category,
            movement.payee,
            movement.narration,
            movement.reference,
            balances[movement.account],
        )
