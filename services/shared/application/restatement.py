"""Telling again what stands on record, as the events that would have said so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol

from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import UserId


class Restatement(Protocol):
    """One context's records as events, for a read model that is built from scratch.

    The events are not published and need not be those that happened: they say how things stand.
    """

    async def horizon(self) -> datetime:
        """A moment before which every change is committed, and so part of what is told from now on."""
        ...

    async def count(self, user_id: UserId | None = None) -> int:
        """How many things there are to tell of everybody, or of one person; about."""
        ...

    def events(self, occurred_at: datetime, user_id: UserId | None = None) -> AsyncIterator[Sequence[DomainEvent]]:
        """Page after page of events that bear this moment, so that whatever changes later outranks them."""
        ...


def weight(event: DomainEvent) -> int:
    """How many things of `count` an event tells of."""
    return len(getattr(event, "transactions", (event,)))
