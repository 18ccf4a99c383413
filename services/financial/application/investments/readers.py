"""The read ports of investments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.financial.domain.investments.amfi import SchemeNav
from services.financial.domain.investments.fund_class import fund_asset_class
from services.financial.domain.investments.holding import HoldingSnapshot
from services.financial.domain.investments.instrument import AssetClass, Instrument, InstrumentId, InstrumentKind
from services.financial.domain.investments.positions import Position, Quote, positions
from services.financial.domain.investments.transaction import InvestmentTransaction, InvestmentTransactionId
from services.shared.domain.ids import AccountId, UserId

_FUNDS = frozenset({InstrumentKind.MUTUAL_FUND, InstrumentKind.ETF})


@dataclass(frozen=True, slots=True)
class AccountLabel:
    """An account as figures name it."""

    name: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """All that is on record of a person's investments up to the end of `as_of`.

    `accounts` are those with a snapshot or a transaction.
    `snapshots` has the latest of each account; `navs` the newest value that AMFI published of a fund, `categories` its
    category in AMFI's list.
    """

    as_of: date
    accounts: Mapping[AccountId, AccountLabel]
    instruments: Mapping[InstrumentId, Instrument]
    transactions: Sequence[InvestmentTransaction]
    snapshots: Sequence[HoldingSnapshot]
    navs: Mapping[InstrumentId, Quote]
    categories: Mapping[InstrumentId, str]

    def positions(self, currency: str) -> list[Position]:
        """What is held in accounts of the currency, the most valuable first."""
        found = positions(self.transactions, self.snapshots, self.navs)
        own = [one for one in found if self.accounts[one.key.account_id].currency == currency]
        return sorted(own, key=lambda one: (-(one.value or Decimal(0)), str(one.key.instrument_id), one.key.folio))

    def in_currency(self, currency: str) -> list[InvestmentTransaction]:
        """The transactions of accounts in the currency."""
        return [one for one in self.transactions if self.accounts[one.account_id].currency == currency]

    def asset_class(self, instrument_id: InstrumentId) -> AssetClass:
        """What AMFI's category says of a fund whose source did not tell, else what the record says."""
        instrument = self.instruments[instrument_id]
        if instrument.asset_class is not AssetClass.UNKNOWN or instrument.kind not in _FUNDS:
            return instrument.asset_class
        return fund_asset_class(self.categories.get(instrument_id, ""), instrument.name)

    def with_asset_class(self, instrument_id: InstrumentId) -> Instrument:
        """The instrument with what `asset_class` says of it."""
        return replace(self.instruments[instrument_id], asset_class=self.asset_class(instrument_id))


@dataclass(frozen=True, slots=True)
class InvestmentPageKey:
    """Where a page ended."""

    traded_on: date
    transaction_id: InvestmentTransactionId


class InvestmentReader(Protocol):
    """Reads one person's investments; another person's do not exist for it."""

    async def portfolio(self, user_id: UserId, as_of: date) -> Portfolio:
        """All that is on record up to the end of the day."""
        ...

    async def fund_values_on(self, user_id: UserId, day: date) -> Mapping[InstrumentId, Decimal]:
        """AMFI's value on exactly that day, of the person's funds that have one on record."""
        ...

    async def page(
        self,
        user_id: UserId,
        *,
        account_id: AccountId | None,
        instrument_id: InstrumentId | None,
        limit: int,
        after: InvestmentPageKey | None,
    ) -> Sequence[InvestmentTransaction]:
        """At most `limit` transactions, newest first, those behind `after` only."""
        ...

    async def instruments(self, user_id: UserId) -> Sequence[Instrument]:
        """The person's instruments."""
        ...

    async def target(self, user_id: UserId) -> Mapping[AssetClass, Decimal]:
        """The target allocation in percent; empty without one."""
        ...


class FundRegister(Protocol):
    """What AMFI publishes; the same for everyone."""

    async def search(self, text: str, limit: int) -> Sequence[SchemeNav]:
        """Schemes by code, by ISIN, or by words in the name, with their newest values."""
        ...
