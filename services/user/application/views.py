"""What the user context answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.shared.domain.ids import UserId
from services.user.domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """A person's profile."""

    user_id: UserId
    email: str
    first_name: str
    last_name: str
    kyc_status: str
    timezone: str
    currency: str
    created_at: datetime

    @classmethod
    def of(cls, user: User) -> ProfileView:
        """The profile of a user."""
        return cls(
            user_id=user.id,
            email=user.email.address,
            first_name=user.name.first,
            last_name=user.name.last,
            kyc_status=user.kyc_status.value,
            timezone=user.timezone,
            currency=user.currency,
            created_at=user.created_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensView:
    """A fresh pair of tokens; the access token is valid for `expires_in` seconds."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A session that was opened or refreshed."""

    user: ProfileView
    tokens: TokensView
