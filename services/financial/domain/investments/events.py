"""What happens to investments, told on the topic `financial`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.domain.events import FinancialEvent
from services.shared.domain.ids import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentTransactionsRecorded(FinancialEvent):
    """Transactions of an account were recorded: `recorded` new ones, `duplicates` on record already."""

    account_id: AccountId
    source: str
    recorded: int
    duplicates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingsRecorded(FinancialEvent):
    """A snapshot of an account's holdings was recorded."""

    account_id: AccountId
    source: str
    as_of: date
    holdings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FundValuesChanged(FinancialEvent):
    """AMFI's list brought something new of so many of a person's funds; `newest_on` is the day of its newest value."""

    funds: int
    newest_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAllocationSet(FinancialEvent):
    """A person said how their investments should be spread; percent by asset class, empty when they took it back."""

    percents: dict[str, Decimal]
