"""What a person owns less what they owe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.financial.domain.account import Account
from services.financial.domain.transaction import Transaction
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class NetWorth:
    """`liabilities` is the size of what is owed, not negative; `total` is assets less liabilities."""

    assets: Money
    liabilities: Money

    @property
    def total(self) -> Money:
        """What is left when all debts are paid."""
        return self.assets - self.liabilities


def balance_on(account: Account, transactions: Iterable[Transaction], day: date | None = None) -> Money:
    """The account's balance at the end of `day` (of all time when None): opening balance and amounts since."""
    own = (t.amount for t in transactions if t.account_id == account.id and (day is None or t.booked_on <= day))
    return account.opening_balance + Money.total(own, account.currency)


def net_worth(balances: Iterable[Money], currency: str) -> NetWorth:
    """Assets are the positive balances, liabilities the negative ones, whatever the kind of account.

    So an overdrawn savings account is a debt, and a card that was paid too much is an asset.
    """
    balances = list(balances)
    zero = Money.zero(currency)
    return NetWorth(
        assets=Money.total((b for b in balances if b > zero), currency),
        liabilities=-Money.total((b for b in balances if b < zero), currency),
    )
