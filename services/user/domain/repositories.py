"""What is kept of users, and asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.shared.domain.ids import UserId
from services.user.domain.api_key import ApiKey, ApiKeyId
from services.user.domain.email import Email
from services.user.domain.erasure import Erasure
from services.user.domain.external_identity import ExternalIdentity
from services.user.domain.refresh_token import RefreshToken, SessionId
from services.user.domain.user import User


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and the hash of the password; None for one who signs in through a provider only."""

    user: User
    password_hash: str | None = field(repr=False)


class UserRepository(Protocol):
    """Users, inside a transaction."""

    async def add(self, user: User, password_hash: str | None) -> None:
        """Keep a new user. EmailTakenError when the email is registered already."""
        ...

    async def get(self, user_id: UserId) -> User | None:
        """The user of this id."""
        ...

    async def find_by_email(self, email: Email) -> Credentials | None:
        """The user of this email, with what the password is checked against."""
        ...

    async def find_by_external_identity(self, provider: str, subject: str) -> User | None:
        """The user who signs in as this subject of a provider."""
        ...

    async def link(self, user_id: UserId, identity: ExternalIdentity, at: datetime) -> None:
        """Let the user sign in as this identity from now on."""
        ...

    async def save(self, user: User) -> None:
        """Keep a user's changed profile."""
        ...

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Keep a stronger hash of the same password."""
        ...

    async def lock(self, user_id: UserId) -> bool:
        """Keep sessions and keys from being added until the transaction ends; whether there is such a user."""
        ...

    async def delete(self, user_id: UserId) -> None:
        """Keep nothing of the user, nor of sessions, sign-ins and keys."""
        ...


class RefreshTokenRepository(Protocol):
    """Refresh tokens, inside a transaction."""

    async def add(self, token: RefreshToken) -> None:
        """Keep a new token."""
        ...

    async def lock(self, token_hash: bytes) -> RefreshToken | None:
        """The token of this hash, locked until the transaction ends, so that it has one first use."""
        ...

    async def exists(self, token_hash: bytes) -> bool:
        """Whether a token of this hash was issued."""
        ...

    async def save(self, token: RefreshToken) -> None:
        """Keep a token's use."""
        ...

    async def revoke_session(self, session_id: SessionId, at: datetime) -> None:
        """Revoke every token of the session, whatever their state."""
        ...

    async def sessions_of(self, user_id: UserId) -> list[SessionId]:
        """The sessions that the user's tokens are of."""
        ...


class ErasureRepository(Protocol):
    """Erasures, inside a transaction."""

    async def add(self, erasure: Erasure) -> None:
        """Keep a new erasure."""
        ...

    async def settle(self, *, requested_before: datetime, at: datetime) -> list[Erasure]:
        """The erasures before a moment that are to be told again: not yet, or of no avail."""
        ...

    async def forget_whose(self) -> None:
        """Forget whose the erasures were of which everybody has been told again."""
        ...


class ApiKeyRepository(Protocol):
    """API keys, inside a transaction."""

    async def add(self, api_key: ApiKey) -> None:
        """Keep a new key."""
        ...

    async def count_live(self, user_id: UserId, at: datetime) -> int:
        """How many of the user's keys work; nobody adds one until this transaction ends."""
        ...

    async def lock(self, api_key_id: ApiKeyId, user_id: UserId) -> ApiKey | None:
        """The user's key, locked until the transaction ends."""
        ...

    async def save(self, api_key: ApiKey) -> None:
        """Keep a key's revocation."""
        ...


class ApiKeyReader(Protocol):
    """Reading API keys outside any transaction."""

    async def find(self, key_hash: bytes) -> ApiKey | None:
        """The key of this hash, whatever its state."""
        ...

    async def list_live(self, user_id: UserId, at: datetime) -> list[ApiKey]:
        """The user's keys that work, newest first."""
        ...

    async def note_use(self, api_key_id: ApiKeyId, at: datetime) -> None:
        """Remember that the key was used."""
        ...


class LiveSessions(Protocol):
    """The truth about sessions, outside any transaction."""

    async def owner_of(self, session_id: SessionId, at: datetime) -> UserId | None:
        """Whose session this is; None when it was revoked, has run out, or never was."""
        ...


class UserReader(Protocol):
    """Reading users outside any transaction; an hour old at most, and never older than the last change made here."""

    async def get(self, user_id: UserId) -> User | None:
        """The user of this id."""
        ...


class ChangedUsers(Protocol):
    """Who must learn of a changed user at once, once the change is committed."""

    async def changed(self, user: User) -> None:
        """The user now is so."""
        ...

    async def gone(self, user_id: UserId) -> None:
        """There is no such user any more. UnavailableError when that could not be learnt."""
        ...
