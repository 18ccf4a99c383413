"""The user context's ports, in memory."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from services.shared.domain.errors import UnavailableError
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import UserId
from services.user.application.sessions import Sessions
from services.user.domain.api_key import ApiKey, ApiKeyId
from services.user.domain.email import Email
from services.user.domain.erasure import Erasure, ErasureId
from services.user.domain.errors import EmailTakenError, TokenInvalidError, TooManyAttemptsError
from services.user.domain.external_identity import ExternalIdentity
from services.user.domain.password import Password
from services.user.domain.refresh_token import RefreshToken, SessionId
from services.user.domain.repositories import Credentials
from services.user.domain.security import AccessClaims, PasswordCheck, Session
from services.user.domain.user import User

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class MovableClock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, by: timedelta) -> None:
        self.moment += by


@dataclass
class Memory:
    """Everything that is committed."""

    users: dict[UserId, Credentials] = field(default_factory=dict)
    identities: dict[tuple[str, str], UserId] = field(default_factory=dict)
    tokens: dict[bytes, RefreshToken] = field(default_factory=dict)
    api_keys: dict[ApiKeyId, ApiKey] = field(default_factory=dict)
    erasures: dict[ErasureId, Erasure] = field(default_factory=dict)
    events: list[DomainEvent] = field(default_factory=list)

    async def owner_of(self, session_id: SessionId, at: datetime) -> UserId | None:
        """LiveSessions."""
        alive = (t for t in self.tokens.values() if t.session_id == session_id and t.revoked_at is None)
        return next((t.user_id for t in alive if t.expires_at > at), None)

    async def get(self, user_id: UserId) -> User | None:
        """UserReader."""
        found = self.users.get(user_id)
        return found.user if found else None


class MemoryUsers:
    """UserRepository."""

    def __init__(self, draft: Memory) -> None:
        self._draft = draft

    async def add(self, user: User, password_hash: str | None) -> None:
        if any(known.user.email == user.email for known in self._draft.users.values()):
            raise EmailTakenError
        self._draft.users[user.id] = Credentials(user, password_hash)

    async def get(self, user_id: UserId) -> User | None:
        return await self._draft.get(user_id)

    async def find_by_email(self, email: Email) -> Credentials | None:
        return next((known for known in self._draft.users.values() if known.user.email == email), None)

    async def find_by_external_identity(self, provider: str, subject: str) -> User | None:
        user_id = self._draft.identities.get((provider, subject))
        return self._draft.users[user_id].user if user_id else None

    async def link(self, user_id: UserId, identity: ExternalIdentity, at: datetime) -> None:
        self._draft.identities[identity.provider, identity.subject] = user_id

    async def save(self, user: User) -> None:
        self._draft.users[user.id] = Credentials(user, self._draft.users[user.id].password_hash)

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        self._draft.users[user_id] = Credentials(self._draft.users[user_id].user, password_hash)

    async def lock(self, user_id: UserId) -> bool:
        return user_id in self._draft.users

    async def delete(self, user_id: UserId) -> None:
        draft = self._draft
        del draft.users[user_id]
        draft.identities = {key: owner for key, owner in draft.identities.items() if owner != user_id}
        draft.tokens = {key: token for key, token in draft.tokens.items() if token.user_id != user_id}
        draft.api_keys = {key: kept for key, kept in draft.api_keys.items() if kept.user_id != user_id}


class MemoryRefreshTokens:
    """RefreshTokenRepository."""

    def __init__(self, draft: Memory) -> None:
        self._tokens = draft.tokens

    async def add(self, token: RefreshToken) -> None:
        self._tokens[token.token_hash] = token

    async def lock(self, token_hash: bytes) -> RefreshToken | None:
        return self._tokens.get(token_hash)

    async def exists(self, token_hash: bytes) -> bool:
        return token_hash in self._tokens

    async def save(self, token: RefreshToken) -> None:
        self._tokens[token.token_hash] = token

    async def revoke_session(self, session_id: SessionId, at: datetime) -> None:
        for key, token in self._tokens.items():
            if token.session_id == session_id and token.revoked_at is None:
                self._tokens[key] = dataclasses.replace(token, revoked_at=at)

    async def sessions_of(self, user_id: UserId) -> list[SessionId]:
        return list({token.session_id for token in self._tokens.values() if token.user_id == user_id})


class MemoryErasures:
    """ErasureRepository."""

    def __init__(self, draft: Memory) -> None:
        self._erasures = draft.erasures

    async def add(self, erasure: Erasure) -> None:
        self._erasures[erasure.id] = erasure

    async def settle(self, *, requested_before: datetime, at: datetime) -> list[Erasure]:
        due = [erasure for erasure in self._erasures.values() if erasure.requested_at < requested_before]
        for erasure in due:
            del self._erasures[erasure.id]
        return due

    async def forget_whose(self) -> None:
        """An erasure that is told again is forgotten here at once."""


class MemoryApiKeys:
    """ApiKeyRepository and ApiKeyReader."""

    def __init__(self, draft: Memory) -> None:
        self._keys = draft.api_keys

    async def add(self, api_key: ApiKey) -> None:
        self._keys[api_key.id] = api_key

    async def count_live(self, user_id: UserId, at: datetime) -> int:
        return len(await self.list_live(user_id, at))

    async def lock(self, api_key_id: ApiKeyId, user_id: UserId) -> ApiKey | None:
        found = self._keys.get(api_key_id)
        return found if found is not None and found.user_id == user_id else None

    async def save(self, api_key: ApiKey) -> None:
        self._keys[api_key.id] = api_key

    async def find(self, key_hash: bytes) -> ApiKey | None:
        return next((key for key in self._keys.values() if key.key_hash == key_hash), None)

    async def list_live(self, user_id: UserId, at: datetime) -> list[ApiKey]:
        return [key for key in self._keys.values() if key.user_id == user_id and key.is_live(at)]

    async def note_use(self, api_key_id: ApiKeyId, at: datetime) -> None:
        self._keys[api_key_id] = dataclasses.replace(self._keys[api_key_id], last_used_at=at)


class MemoryUnitOfWork:
    """UserUnitOfWork: works on a copy, which commit puts in place."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._draft = copy.deepcopy(memory)
        self._events: list[DomainEvent] = []
        self.users = MemoryUsers(self._draft)
        self.refresh_tokens = MemoryRefreshTokens(self._draft)
        self.api_keys = MemoryApiKeys(self._draft)
        self.erasures = MemoryErasures(self._draft)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.clear()

    def record(self, event: DomainEvent) -> None:
        self._events.append(event)

    async def commit(self) -> None:
        self._memory.users = self._draft.users
        self._memory.identities = self._draft.identities
        self._memory.tokens = self._draft.tokens
        self._memory.api_keys = self._draft.api_keys
        self._memory.erasures = self._draft.erasures
        self._memory.events.extend(self._events)
        self._events.clear()


class PlainHasher:
    """PasswordHasher that counts its work; hashes of scheme `old` are outdated."""

    def __init__(self) -> None:
        self.checks: list[str | None] = []

    async def hash(self, password: Password) -> str:
        return f"new:{password.secret}"

    async def check(self, password: Password, password_hash: str | None) -> PasswordCheck:
        self.checks.append(password_hash)
        scheme, _, secret = (password_hash or ":").partition(":")
        matches = password_hash is not None and secret == password.secret
        return PasswordCheck(matches, outdated=matches and scheme == "old")


class PlainIssuer:
    """TokenIssuer whose tokens are the claims' keys in a dictionary."""

    lifetime_s = 900

    def __init__(self) -> None:
        self.issued: dict[str, AccessClaims] = {}

    def issue(self, claims: AccessClaims, at: datetime) -> str:
        token = f"access-{len(self.issued)}"
        self.issued[token] = claims
        return token

    def read(self, token: str) -> AccessClaims:
        if token not in self.issued:
            raise TokenInvalidError
        return self.issued[token]


class CountingSource:
    """RefreshTokenSource: r0, r0+, r0++, …"""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"r{self._count}"

    def successor(self, token: str) -> str:
        return f"{token}+"


class MemorySessionStore:
    """SessionStore that can be down, and that can lose everything."""

    def __init__(self) -> None:
        self.known: dict[SessionId, UserId] = {}
        self.ttls: list[int] = []
        self.is_down = False

    async def remember(self, session: Session, ttl_s: int) -> None:
        if not self.is_down:
            self.known[session.id] = session.user_id
            self.ttls.append(ttl_s)

    async def owner_of(self, session_id: SessionId, at: datetime) -> UserId | None:
        return None if self.is_down else self.known.get(session_id)

    async def forget(self, session_id: SessionId) -> None:
        if self.is_down:
            raise UnavailableError("down")
        self.known.pop(session_id, None)


class CountingThrottle:
    """LoginThrottle that allows `limit` failures."""

    def __init__(self, limit: int = 3) -> None:
        self._limit = limit
        self.attempts: dict[tuple[Email, str], int] = {}

    async def attempt(self, email: Email, address: str) -> None:
        count = self.attempts[email, address] = self.attempts.get((email, address), 0) + 1
        if count > self._limit:
            raise TooManyAttemptsError(60)

    async def succeeded(self, email: Email, address: str) -> None:
        self.attempts.pop((email, address), None)


class World:
    """All of them, as the use cases see them."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.clock = MovableClock()
        self.hasher = PlainHasher()
        self.issuer = PlainIssuer()
        self.store = MemorySessionStore()
        self.throttle = CountingThrottle()
        self.sessions = Sessions(self.issuer, CountingSource(), self.store)

    def unit_of_work(self) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self.memory)

    @property
    def event_names(self) -> list[str]:
        return [event.name for event in self.memory.events]
