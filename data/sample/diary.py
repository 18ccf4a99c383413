"""Writes what the household does into the book, in each bank's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from data.sample.book import Book
from data.sample.model import AccountKey
from data.sample.narration import Narrator
from data.sample.plan import Plan, digits
from data.sample.pool import Merchant, Pool

# Paise that prices end in.
_PAISE = ("0.00", "0.00", "0.00", "0.00", "0.50", "0.25", "0.75", "0.20", "0.99")


@dataclass(frozen=True, slots=True)
class Diary:
    """One household's hand on the book."""

    rng: Random
    plan: Plan
    pool: Pool
    narrator: Narrator
    book: Book

    def price(self, low: int, high: int) -> Decimal:
        """An everyday amount: small ones are more frequent than large ones, scaled to what the household earns."""
        whole = low + int((high - low) * self.rng.random() ** 2)
        return Decimal(max(5, int(whole * self.plan.scale))) + Decimal(self.rng.choice(_PAISE))

    def buy(self, day: date, merchant: Merchant, amount: Decimal) -> None:
        """A purchase, paid one of the ways in which people pay there; now and then some of it comes back later."""
        via = self.rng.choice(merchant.via)
        if via == "card":
            self.card(day, merchant, amount)
            if self.rng.random() < 0.05:
                self._refund_on_card(day, merchant, amount)
            return
        account: AccountKey = "sbi" if self.rng.random() < 0.3 else "hdfc"
        narration = self._bank_narration(account, via, merchant.name)
        self.debit(day, account, amount, merchant.category, merchant.name, narration)
        if via == "upi" and self.rng.random() < 0.015:
            self._refund_by_upi(day, account, merchant, amount)

    def card(self, day: date, merchant: Merchant, amount: Decimal) -> None:
        """A purchase on the credit card."""
        self.debit(day, "icici", amount, merchant.category, merchant.name, self.narrator.card(merchant.name))

    def debit(self, day: date, account: AccountKey, amount: Decimal, category: str, payee: str, narration: str) -> bool:
        """Money out, or a card purchase."""
        return self.book.put(day, account, -amount, category, payee, narration, self.reference(account))

    def credit(
        self, day: date, account: AccountKey, amount: Decimal, category: str, payee: str, narration: str
    ) -> bool:
        """Money in, or a card refund or payment."""
        return self.book.put(day, account, amount, category, payee, narration, self.reference(account))

    def reference(self, account: AccountKey) -> str:
        """HDFC pads its references with zeros to sixteen digits, SBI leaves most blank, the card counts its own."""
        return digits(self.rng, 16, "0000") if account == "hdfc" else ""

    def _bank_narration(self, account: AccountKey, via: str, name: str) -> str:
        if via == "pos":
            return self.narrator.sbi_pos(name) if account == "sbi" else self.narrator.pos(name)
        return self.narrator.any_upi(account, name)

    def _refund_on_card(self, day: date, merchant: Merchant, amount: Decimal) -> None:
        back = self._part_of(amount)
        narration = f"{merchant.name} REFUND IN"
        self.credit(self._some_days_after(day), "icici", back, merchant.category, merchant.name, narration)

    def _refund_by_upi(self, day: date, account: AccountKey, merchant: Merchant, amount: Decimal) -> None:
        if account == "sbi":
            narration = self.narrator.sbi_upi(merchant.name, "REFUND", "CR")
        else:
            narration = self.narrator.upi(merchant.name, "REFUND")
        back = self._part_of(amount)
        self.credit(self._some_days_after(day), account, back, merchant.category, merchant.name, narration)

    def _some_days_after(self, day: date) -> date:
        return day + timedelta(days=self.rng.randrange(2, 9))

    def _part_of(self, amount: Decimal) -> Decimal:
        """All of it or about half of it."""
        return amount if self.rng.random() < 0.5 else (amount / 2).quantize(Decimal("0.01"))
