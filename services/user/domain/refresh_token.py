"""Refresh tokens: one family per session, one use each (RFC 9700, section 4.14.2).

Using a token hands out its successor. A token that comes back after its use shows that two parties hold it, so the
whole family is revoked: nobody can tell which of the two is the thief. One exception, for an answer that was lost on
its way: within `GRACE` of its use the same token gets the same successor again. The successor is derived from the
token, so that repeating does not fork the family: a thief who repeats within the grace holds the very token of the
owner, and the first of the two to use it makes the other's use a reuse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, NewType
from uuid import UUID

from services.shared.domain.ids import UserId, new_uuid

SessionId = NewType("SessionId", UUID)
"""A session and its family of refresh tokens, one and the same."""

LIFETIME: Final = timedelta(days=30)
GRACE: Final = timedelta(seconds=10)


class Use(Enum):
    """What presenting a token means."""

    FIRST = "first"
    """It is current: hand out its successor."""
    REPEATED = "repeated"
    """It was used a moment ago: hand out the same successor again."""
    REUSED = "reused"
    """It was used before: revoke the family."""
    DEAD = "dead"
    """It has expired or its family is revoked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """One token of a family. Only the SHA-256 of its text is kept."""

    id: UUID
    session_id: SessionId
    user_id: UserId
    token_hash: bytes
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    @classmethod
    def first(cls, session_id: SessionId, user_id: UserId, token_hash: bytes, at: datetime) -> RefreshToken:
        """The token that begins a session."""
        return cls(
            id=new_uuid(),
            session_id=session_id,
            user_id=user_id,
            token_hash=token_hash,
            issued_at=at,
            expires_at=at + LIFETIME,
        )

    def use(self, at: datetime) -> Use:
        """What presenting this token at this moment means."""
        if self.revoked_at is not None or at >= self.expires_at:
            return Use.DEAD
        if self.used_at is None:
            return Use.FIRST
        return Use.REPEATED if at - self.used_at <= GRACE else Use.REUSED

    def used(self, at: datetime) -> RefreshToken:
        """This token, after its use."""
        return replace(self, used_at=at)

    def successor(self, token_hash: bytes, at: datetime) -> RefreshToken:
        """The next token of the family, valid for a whole lifetime again."""
        return RefreshToken.first(self.session_id, self.user_id, token_hash, at)
