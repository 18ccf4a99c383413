"""The ports of the security layer: hashing, tokens, sessions, throttling, identity providers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.shared.domain.ids import UserId
from services.user.domain.email import Email
from services.user.domain.external_identity import ExternalIdentity
from services.user.domain.password import Password
from services.user.domain.refresh_token import SessionId


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """Whether a password is right, and whether its hash is weaker than today's."""

    matches: bool
    outdated: bool = False


class PasswordHasher(Protocol):
    """One-way hashing of passwords."""

    async def hash(self, password: Password) -> str:
        """A salted hash, with its algorithm and parameters in it."""
        ...

    async def check(self, password: Password, password_hash: str | None) -> PasswordCheck:
        """Compare. Without a hash the same work is done against a dummy, and nothing matches."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessClaims:
    """What an access token says."""

    user_id: UserId
    session_id: SessionId
    scopes: frozenset[str]


class TokenIssuer(Protocol):
    """Signed, short-lived access tokens."""

    @property
    def lifetime_s(self) -> int:
        """How long a token is valid, in seconds."""
        ...

    def issue(self, claims: AccessClaims, at: datetime) -> str:
        """A token with these claims."""
        ...

    def read(self, token: str) -> AccessClaims:
        """The claims of a token issued here. TokenExpiredError, TokenInvalidError."""
        ...


class RefreshTokenSource(Protocol):
    """The texts of refresh tokens: unguessable, and each successor derived from its token and a secret of ours."""

    def new(self) -> str:
        """The first token of a family."""
        ...

    def successor(self, token: str) -> str:
        """The one token that follows this one."""
        ...


def fingerprint(token: str) -> bytes:
    """What is kept of a refresh token: its SHA-256. Its 256 random bits make salt and stretching pointless."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person logged in on one device."""

    id: SessionId
    user_id: UserId
    created_at: datetime


class SessionStore(Protocol):
    """Fast knowledge of which sessions live. It may forget: then LiveSessions knows."""

    async def remember(self, session: Session, ttl_s: int) -> None:
        """Know the session for `ttl_s` seconds. Failing to is no error."""
        ...

    async def owner_of(self, session_id: SessionId, at: datetime) -> UserId | None:
        """Whose session this is, noting that it was seen; None when it is not known here."""
        ...

    async def forget(self, session_id: SessionId) -> None:
        """Know the session no more. UnavailableError when that cannot be made sure."""
        ...


class LoginThrottle(Protocol):
    """Bounds guessing: attempts per email and address, and per address."""

    async def attempt(self, email: Email, address: str) -> None:
        """Count an attempt before it is made. TooManyAttemptsError when there were too many."""
        ...

    async def succeeded(self, email: Email, address: str) -> None:
        """The person was right: their count starts anew."""
        ...


class ExternalIdentityVerifier(Protocol):
    """An identity provider such as Firebase."""

    async def verify(self, id_token: str) -> ExternalIdentity:
        """Who the token speaks for. TokenInvalidError; UnavailableError when its keys cannot be had;
        SignInNotConfiguredError when the provider is not set up.
        """
        ...
