"""Ed25519 keys that sign access tokens, and rings of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key


class SigningKeyError(Exception):
    """A key is missing, malformed, or readable by others; the message says what to do."""


class SigningKey:
    """One key pair. `kid` is the start of the SHA-256 of the public key, so that it needs no book-keeping."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self.private = private
        self.public: Ed25519PublicKey = private.public_key()
        self.kid = hashlib.sha256(self.public.public_bytes_raw()).hexdigest()[:16]

    @classmethod
    def from_pem(cls, pem: bytes) -> SigningKey:
        """A key from unencrypted PKCS #8 PEM."""
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError) as error:
            raise SigningKeyError("A signing key is not an unencrypted PEM private key.") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise SigningKeyError("A signing key must be Ed25519: openssl genpkey -algorithm ed25519.")
        return cls(private)

    @classmethod
    def from_secret(cls, secret: str) -> SigningKey:
        """The key that follows from a secret of at least 32 characters, the same on every server that has it."""
        if len(secret) < 32:
            raise SigningKeyError("The signing secret must have at least 32 random characters: openssl rand -hex 32.")
        return cls(Ed25519PrivateKey.from_private_bytes(_derive(secret.encode(), b"nivesh access token signing")))

    def derive(self, purpose: bytes) -> bytes:
        """A secret of 32 bytes for another purpose, which tells nothing about this key (HKDF, RFC 5869)."""
        return _derive(self.private.private_bytes_raw(), purpose)


class KeyRing(Protocol):
    """Keys by age: the newest signs, all of them verify."""

    def newest(self) -> SigningKey:
        """The key that signs."""
        ...

    def find(self, kid: str) -> SigningKey | None:
        """The key of this id."""
        ...

    def all(self) -> Sequence[SigningKey]:
        """Every key, the newest first."""
        ...


class FixedKeyRing:
    """A ring of given keys, the newest first."""

    def __init__(self, keys: Sequence[SigningKey]) -> None:
        if not keys:
            raise SigningKeyError("At least one signing key is needed.")
        self._newest = keys[0]
        self._keys = {key.kid: key for key in keys}

    def newest(self) -> SigningKey:
        """The first key."""
        return self._newest

    def find(self, kid: str) -> SigningKey | None:
        """The key of this id."""
        return self._keys.get(kid)

    def all(self) -> Sequence[SigningKey]:
        """Every key, the newest first."""
        return tuple(self._keys.values())


def _derive(material: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(material)
