"""Seals what must be read again and by nobody else: AES-256-GCM (NIST SP 800-38D), bound to the person it is of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.shared.domain.ids import UserId

_NONCE_BYTES: Final = 12


class SecretCipher:
    """`keys` maps key ids to 32 bytes; the first seals, all open.

    Sealed bytes are: length of the key id, key id, nonce, ciphertext with tag.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(keys))

    def seal(self, user_id: UserId, secret: str) -> bytes:
        """Encrypt for this person."""
        return self.seal_bytes(user_id, secret.encode())

    def open(self, user_id: UserId, sealed: bytes) -> str | None:
        """Decrypt; None when it cannot be read: then a new secret is due."""
        opened = self.open_bytes(user_id, sealed)
        return opened.decode() if opened is not None else None

    def seal_bytes(self, user_id: UserId, content: bytes) -> bytes:
        """The same for any content."""
        key_id, nonce = self._current.encode(), os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, content, user_id.bytes + key_id)
        return bytes([len(key_id)]) + key_id + nonce + sealed

    def open_bytes(self, user_id: UserId, sealed: bytes) -> bytes | None:
        """Decrypt; None when the key is gone, or it was altered or is another person's."""
        length = sealed[0] if sealed else 0
        key_id, rest = sealed[1 : 1 + length], sealed[1 + length :]
        cipher = self._ciphers.get(key_id.decode(errors="replace"))
        if cipher is None or len(rest) <= _NONCE_BYTES:
            return None
        try:
            return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], user_id.bytes + key_id)
        except InvalidTag:
            return None
