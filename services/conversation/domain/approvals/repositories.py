"""Ports of approvals."""

from datetime import datetime
from typing import Protocol

from services.conversation.domain.approvals.approval import Approval
from services.shared.domain.ids import ApprovalId, RunId, UserId


class ApprovalRepository(Protocol):
    """Approvals inside a unit of work."""

    async def ask(self, approval: Approval) -> Approval:
        """Keep a new approval, or give the one that the same call of the same run already stands for, locked."""
        ...

    async def lock(self, approval_id: ApprovalId, user_id: UserId) -> Approval | None:
        """The caller's approval, held against other writers until the unit ends; None when there is none."""
        ...

    async def save(self, approval: Approval) -> None:
        """Keep what became of it."""
        ...

    async def expire(self, run_id: RunId, at: datetime) -> None:
        """Let no pending approval of a run be decided any more: the run has ended."""
        ...


class ApprovalReader(Protocol):
    """Reads of approvals."""

    async def get(self, approval_id: ApprovalId, user_id: UserId) -> Approval | None:
        """The caller's approval; None when there is none."""
        ...

    async def of_call(self, run_id: RunId, call_id: str, user_id: UserId) -> Approval | None:
        """The approval that a call of the caller's run asked for; None when there is none."""
        ...

    async def list_pending(self, user_id: UserId, now: datetime, limit: int) -> list[Approval]:
        """The caller's approvals that can still be decided at `now`, oldest first."""
        ...
