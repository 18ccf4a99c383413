"""Ports through which commands change a person's investments, inside one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from services.financial.domain.investments.amfi import SchemeNav
from services.financial.domain.investments.holding import HoldingSnapshot
from services.financial.domain.investments.instrument import AssetClass, Instrument, InstrumentId
from services.financial.domain.investments.transaction import InvestmentTransaction, InvestmentTransactionId
from services.financial.domain.repositories import AccountRepository
from services.shared.application.unit_of_work import UnitOfWork
from services.shared.domain.ids import UserId


class InstrumentRepository(Protocol):
    """A person's instruments."""

    async def list(self, user_id: UserId) -> list[Instrument]:
        """All of them, oldest first."""
        ...

    async def save_all(self, instruments: Sequence[Instrument]) -> None:
        """Keep new instruments, and what was learnt of known ones."""
        ...

    async def set_fair_value(self, user_id: UserId, instrument_id: InstrumentId, value: Decimal) -> bool:
        """Keep the value of a unit on 31 January 2018; False when there is no such instrument of the person."""
        ...


class InvestmentRepository(Protocol):
    """Investment transactions and snapshots of holdings."""

    async def add_all(self, transactions: Sequence[InvestmentTransaction]) -> int:
        """Keep those that are not on record; how many were new."""
        ...

    async def delete(self, user_id: UserId, transaction_id: InvestmentTransactionId) -> bool:
        """Forget a transaction; False when there is no such transaction of the person."""
        ...

    async def replace_snapshot(self, snapshot: HoldingSnapshot) -> None:
        """Keep the snapshot, in the place of one of the same account and day."""
        ...


class TargetAllocationRepository(Protocol):
    """How a person wants their investments spread."""

    async def replace(self, user_id: UserId, percents: Mapping[AssetClass, Decimal]) -> None:
        """Keep the percents in the place of any before; none forgets the target."""
        ...


class InvestmentsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over the repositories of investments."""

    accounts: AccountRepository
    instruments: InstrumentRepository
    investments: InvestmentRepository
    targets: TargetAllocationRepository


class NavRepository(Protocol):
    """What AMFI publishes; the same for everyone."""

    async def save(self, navs: Sequence[SchemeNav], on_stored: Callable[[int], None]) -> set[str]:
        """Keep schemes and values; values of a scheme and day that are known take the new figure.

        The answer is the codes of the schemes of which something is new or another than before.
        """
        ...

    async def holders(self, codes: Iterable[str]) -> Mapping[UserId, int]:
        """Who has some of these funds among their instruments, and how many of them."""
        ...


class NavsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over AMFI's list."""

    navs: NavRepository


InvestmentsUnitOfWorkFactory = Callable[[], InvestmentsUnitOfWork]
NavsUnitOfWorkFactory = Callable[[], NavsUnitOfWork]
