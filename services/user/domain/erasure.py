"""The erasure of an account, as it is kept: without a word of whose it was once that is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType
from uuid import UUID

from services.shared.domain.ids import UserId, new_uuid

ErasureId = NewType("ErasureId", UUID)

SETTLES_AFTER: Final = timedelta(hours=1)
"""Nothing that the person had begun before the erasure goes on for longer than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """An account was erased at a moment. `user_id` is forgotten when every context has erased for the last time."""

    id: ErasureId
    user_id: UserId
    requested_at: datetime

    @classmethod
    def of(cls, user_id: UserId, at: datetime) -> Erasure:
        """A new erasure."""
        return cls(id=ErasureId(new_uuid()), user_id=user_id, requested_at=at)
