"""An approval: a write that a model wishes for, and what its owner decided about it."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from services.conversation.domain.approvals.errors import (
    ApprovalAlteredError,
    ApprovalDecidedError,
    ApprovalExpiredError,
    ApprovalMissingError,
)
from services.shared.domain.events import Json
from services.shared.domain.ids import ApprovalId, RunId, UserId

LIFETIME: Final = timedelta(minutes=5)


class ApprovalState(StrEnum):
    """Where an approval stands. `approved` and `edited` allow the write once, and then become `used`."""

    PENDING = "pending"
    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"
    EXPIRED = "expired"
    USED = "used"


class Decision(StrEnum):
    """What a person may say to a write. An edit approves the write with other arguments."""

    APPROVE = "approve"
    EDIT = "edit"
    REJECT = "reject"


_GRANTED: Final = (ApprovalState.APPROVED, ApprovalState.EDITED)


@dataclass(frozen=True, slots=True)
class Wish:
    """What would be done: a tool, its exact arguments, and how the server tells it in words and figures."""

    tool: str
    arguments: Mapping[str, Json]
    summary: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A wish of one call of one run. `digest` binds what was shown to what will be done."""

    id: ApprovalId
    user_id: UserId
    run_id: RunId
    call_id: str
    wish: Wish
    digest: str
    created_at: datetime
    expires_at: datetime
    state: ApprovalState = ApprovalState.PENDING
    decided_at: datetime | None = None
    used_at: datetime | None = None

    @property
    def is_granted(self) -> bool:
        """Whether the write may be done, once."""
        return self.state in _GRANTED

    def settled(self, now: datetime) -> "Approval":
        """The approval as it stands at this moment: one that waited too long has expired."""
        if self.state is ApprovalState.PENDING and now >= self.expires_at:
            return dataclasses.replace(self, state=ApprovalState.EXPIRED, decided_at=self.expires_at)
        return self

    def decided(self, decision: Decision, shown: str, now: datetime, edited: Wish | None = None) -> "Approval":
        """The approval after its owner's word on what they were shown, whose digest is `shown`.

        ApprovalExpiredError after five minutes or the run's end, ApprovalDecidedError for the second word,
        ApprovalAlteredError when something else was shown. `edited` is the wish that takes the place of this one, for
        an edit only.
        """
        approval = self.settled(now)
        if approval.state is ApprovalState.EXPIRED:
            raise ApprovalExpiredError
        if approval.state is not ApprovalState.PENDING:
            raise ApprovalDecidedError(approval.state)
        if shown != approval.digest:
            raise ApprovalAlteredError
        if decision is Decision.EDIT and edited is not None:
            digest = digest_of(self.run_id, self.call_id, edited)
            return dataclasses.replace(approval, wish=edited, digest=digest, state=ApprovalState.EDITED, decided_at=now)
        state = ApprovalState.REJECTED if decision is Decision.REJECT else ApprovalState.APPROVED
        return dataclasses.replace(approval, state=state, decided_at=now)

    def used(self, now: datetime) -> "Approval":
        """The approval, spent. ApprovalMissingError unless it was granted and is what was shown."""
        if not self.is_granted or self.digest != digest_of(self.run_id, self.call_id, self.wish):
            raise ApprovalMissingError
        return dataclasses.replace(self, state=ApprovalState.USED, used_at=now)


def digest_of(run_id: RunId, call_id: str, wish: Wish) -> str:
    """SHA-256 (hex) over run, call, tool and canonical arguments: keys sorted, no white space, UTF-8."""
    body = {"run": str(run_id), "call": call_id, "tool": wish.tool, "arguments": wish.arguments}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
