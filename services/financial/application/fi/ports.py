"""What the use cases need of Fi and of the storage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.financial.domain.account import Account
from services.financial.domain.fi.link import FiLink
from services.financial.domain.fi.snapshot import CreditReport, FiSnapshot, FiSource, FiSources
from services.financial.domain.fi.twins import DecidedTwins
from services.financial.domain.repositories import FinancialUnitOfWork
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True)
class LoginNeeded:
    """Fi wants the person to log in at this page first. `session_id` is the session to log in for."""

    session_id: str
    login_url: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the sources answered; `failed` gave no answer that can be read."""

    session_id: str
    sources: FiSources
    failed: tuple[FiSource, ...] = ()


class FiClient(Protocol):
    """Speaks with Fi's server; FiUnavailableError when that does not work."""

    async def check(self, session_id: str, *, new: bool) -> LoginNeeded | Fetched:
        """Ask one source, to see whether the person is logged in; a `new` session may get another id from Fi."""
        ...

    async def fetch(self, session_id: str) -> LoginNeeded | Fetched:
        """Ask all six sources."""
        ...


class FiLinks(Protocol):
    """Links and credit reports, inside one unit of work."""

    async def get(self, user_id: UserId) -> FiLink | None:
        """The person's link."""
        ...

    async def save(self, link: FiLink) -> None:
        """Keep the link in place of the person's earlier one."""
        ...

    async def delete(self, user_id: UserId) -> None:
        """Forget the link."""
        ...

    async def keep_report(self, user_id: UserId, report: CreditReport, now: datetime) -> bool:
        """Keep a credit report; False when the same one is on record."""
        ...

    async def latest_report(self, user_id: UserId) -> tuple[CreditReport, datetime] | None:
        """The newest report and when it was fetched."""
        ...


class FiTwins(Protocol):
    """What a person says of accounts that they may have twice, inside one unit of work."""

    async def decided(self, user_id: UserId) -> list[DecidedTwins]:
        """All that was said, in the order in which it was."""
        ...

    async def decide(self, decided: DecidedTwins) -> None:
        """Keep what is said, besides all that was said before."""
        ...

    async def absorb(self, reported: Account, own: Account) -> None:
        """Have all that belongs to Fi's account but its transactions belong to the own one, which Fi tells of then."""
        ...

    async def rename(self, account: Account) -> None:
        """Keep the kind, the names and Fi's id of the account as they are now."""
        ...

    async def forget(self, account: Account) -> None:
        """Forget an account that has no transactions."""
        ...

    async def forget_holdings(self, account_id: AccountId) -> None:
        """Forget what the account holds, and the trades on it."""
        ...


class FiUnitOfWork(FinancialUnitOfWork, Protocol):
    """The financial unit of work with links."""

    fi: FiLinks
    twins: FiTwins


FiUnitOfWorkFactory = Callable[[], FiUnitOfWork]
SnapshotReader = Callable[[FiSources], FiSnapshot]
