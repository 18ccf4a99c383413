"""API keys: what a developer's program logs in with, for a part of what its owner may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NewType
from uuid import UUID

from services.shared.domain.ids import UserId
from services.user.domain.errors import InvalidFieldError

ApiKeyId = NewType("ApiKeyId", UUID)

PREFIX: Final = "nvsh_"
"""By it a key is told from an access token, and found by scanners for leaked secrets."""

MAX_KEYS: Final = 50
LONGEST_LIFE: Final = timedelta(days=366)
# Last use is noted to the minute: a write for each request would be dear and say no more.
USE_NOTED_EVERY: Final = timedelta(minutes=1)

GRANTABLE: Final = frozenset(
    {
        "profile:read",
        "finance:read",
        "finance:write",
        "goals:read",
        "goals:write",
        "graph:read",
        "graph:query",
        "chat:read",
        "chat:write",
        "webhooks:read",
        "webhooks:write",
    }
)
"""What a key may be given. Making keys and approving what a model wants to do stay with the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key. Only the SHA-256 of its text is kept; `hint` is its beginning, by which its owner knows it."""

    id: ApiKeyId
    user_id: UserId
    name: str
    hint: str
    key_hash: bytes
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_live(self, at: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    def use_is_news(self, at: datetime) -> bool:
        """Whether a use at this moment is worth noting."""
        return self.last_used_at is None or at - self.last_used_at >= USE_NOTED_EVERY

    def revoked(self, at: datetime) -> ApiKey:
        """This key, of no more use; the first revocation counts."""
        return self if self.revoked_at else replace(self, revoked_at=at)


def parse_scopes(scopes: Iterable[str]) -> frozenset[str]:
    """One scope at least, all of them grantable. InvalidFieldError."""
    wanted = frozenset(scopes)
    if not wanted or not wanted <= GRANTABLE:
        raise InvalidFieldError("scopes", f"name one or more of {', '.join(sorted(GRANTABLE))}")
    return wanted


def parse_expiry(expires_at: datetime | None, now: datetime) -> datetime | None:
    """A moment ahead, at most a year away, or none. InvalidFieldError."""
    if expires_at is None:
        return None
    if expires_at.tzinfo is None:
        raise InvalidFieldError("expires_at", "give the time with its zone, as in 2027-01-31T00:00:00Z")
    if not now < expires_at <= now + LONGEST_LIFE:
        raise InvalidFieldError("expires_at", "choose a moment in the future, a year ahead at most")
    return expires_at
