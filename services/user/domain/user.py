"""The user: who a person is, and how money is told to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.email import Email
from services.user.domain.person_name import PersonName
from services.user.domain.roles import Role, scopes_of


class KycStatus(StrEnum):
    """How far the person's identity has been established (know your customer)."""

    PENDING = "pending"
    VERIFIED = "verified"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A registered person. The password's hash is no part of it: it never leaves the repository and the hasher."""

    id: UserId
    email: Email
    name: PersonName
    created_at: datetime
    kyc_status: KycStatus = KycStatus.PENDING
    timezone: str = "Asia/Kolkata"
    currency: str = "INR"
    roles: frozenset[Role] = field(default_factory=lambda: frozenset({Role.USER}))

    @classmethod
    def register(cls, email: Email, name: PersonName, at: datetime) -> User:
        """A new user, with the defaults of one who lives in India."""
        return cls(id=UserId(new_uuid()), email=email, name=name, created_at=at)

    @property
    def scopes(self) -> frozenset[str]:
        """What an access token of this user may do."""
        return scopes_of(self.roles)
