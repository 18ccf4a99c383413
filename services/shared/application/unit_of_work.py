"""The unit of work: one transaction, whose events leave with its changes or not at all."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from services.shared.domain.events import DomainEvent


class UnitOfWork(Protocol):
    """A transaction in which repositories are used. Leaving it without `commit` rolls back.

    Each context extends this protocol with its repositories.
    """

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def record(self, event: DomainEvent) -> None:
        """Have the event published if, and only if, this unit commits."""
        ...

    async def commit(self) -> None:
        """Make the changes and the recorded events durable, together."""
        ...
