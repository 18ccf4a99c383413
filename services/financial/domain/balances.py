"""How accounts stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.financial.domain.account import Account
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """An account with its balance, the number of its transactions and the day of its newest one."""

    account: Account
    balance: Money
    last_transaction_on: date | None
    transactions: int
