"""Query and command: do the sums and balances that are kept equal the transactions, and put them right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class FiguresCheckView:
    """How many kept sums by month, and how many accounts' running figures, differ from the transactions.

    `repaired` tells that they were made anew after they were counted.
    """

    wrong_sums: int
    wrong_accounts: int
    repaired: bool


class FigureAudit(Protocol):
    """Compares what is kept beforehand with the transactions themselves."""

    async def check(self, user_id: UserId, *, repair: bool) -> FiguresCheckView:
        """Count what differs for one person; with `repair`, make it anew if anything does, in one transaction."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFiguresRequest:
    """Whose figures, and whether to put them right."""

    user_id: UserId
    repair: bool = False


class CheckFigures:
    """Answers with what differs: nothing, unless the database was changed by other means."""

    def __init__(self, audit: FigureAudit) -> None:
        self._audit = audit

    async def __call__(self, request: CheckFiguresRequest) -> FiguresCheckView:
        """The counts."""
        return await self._audit.check(request.user_id, repair=request.repair)
