"""Facts about users, topic `user`."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.shared.domain.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRegistered(DomainEvent):
    """A person has an account now. `method` is `password` or the identity provider's name."""

    topic: ClassVar[str] = "user"

    first_name: str
    last_name: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserLoggedIn(DomainEvent):
    """A person has begun a session by proving who they are; a refreshed session is none."""

    topic: ClassVar[str] = "user"

    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenReused(DomainEvent):
    """A used refresh token came back, so its session was revoked: somebody may have stolen it."""

    topic: ClassVar[str] = "user"

    session_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileUpdated(DomainEvent):
    """A person has changed the profile, which now reads as this event says."""

    topic: ClassVar[str] = "user"

    first_name: str
    last_name: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyCreated(DomainEvent):
    """A program may act for a person now, within these scopes."""

    topic: ClassVar[str] = "user"

    api_key_id: UUID
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked(DomainEvent):
    """A key is of no more use."""

    topic: ClassVar[str] = "user"

    api_key_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class UserErased(DomainEvent):
    """A person is no user any more, and nothing is to be kept of the person. It is told twice, an hour apart."""

    topic: ClassVar[str] = "user"

    session_ids: tuple[UUID, ...] = ()
