"""Password hashing: argon2id, and bcrypt for hashes that come from elsewhere."""

import asyncio
import secrets
from typing import Final

import argon2
import bcrypt
from argon2.exceptions import InvalidHashError, VerificationError

from services.user.domain.password import Password
from services.user.domain.security import PasswordCheck

_BCRYPT_PREFIXES: Final = ("$2a$", "$2b$", "$2y$")
_BCRYPT_MAX_BYTES: Final = 72


class Argon2PasswordHasher:
    """PasswordHasher with OWASP's argon2id parameters (19 MiB, two passes, one lane).

    It runs in threads, `concurrency` at once, so that many log-ins neither stop the event loop nor fill the memory.
    A bcrypt hash is checked as bcrypt is, on the first 72 bytes, and reported as outdated.
    """

    def __init__(self, *, memory_kib: int = 19 * 1024, passes: int = 2, lanes: int = 1, concurrency: int = 2) -> None:
        self._argon2 = argon2.PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        self._turns = asyncio.Semaphore(concurrency)
        self._dummy = self._argon2.hash(secrets.token_urlsafe())

    async def hash(self, password: Password) -> str:
        """A salted argon2id hash in its standard encoding."""
        async with self._turns:
            return await asyncio.to_thread(self._argon2.hash, _encode(password))

    async def check(self, password: Password, password_hash: str | None) -> PasswordCheck:
        """Compare; without a hash with a dummy, which nothing matches."""
        async with self._turns:
            matches = await asyncio.to_thread(self._matches, _encode(password), password_hash or self._dummy)
        if password_hash is None or not matches or not password.is_text:
            return PasswordCheck(matches=False)
        return PasswordCheck(matches=True, outdated=self._is_outdated(password_hash))

    def _matches(self, secret: bytes, password_hash: str) -> bool:
        try:
            if password_hash.startswith(_BCRYPT_PREFIXES):
                return bcrypt.checkpw(secret[:_BCRYPT_MAX_BYTES], password_hash.encode())
            return self._argon2.verify(password_hash, secret)
        except VerificationError:
            return False

    def _is_outdated(self, password_hash: str) -> bool:
        try:
            return self._argon2.check_needs_rehash(password_hash)
        except InvalidHashError:
            return True


def _encode(password: Password) -> bytes:
    return password.secret.encode(errors="replace")
