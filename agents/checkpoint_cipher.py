"""Encrypts what checkpoints hold: AES-256-GCM with a key id, and nothing unencrypted is ever loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from langgraph.checkpoint.serde.base import SerializerProtocol
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

_MARK = "aes256gcm"
_NONCE_BYTES = 12


class CheckpointCipherError(Exception):
    """A checkpoint cannot be read: it is unencrypted, altered, or its key is gone."""


class EncryptedCheckpoints(SerializerProtocol):
    """A LangGraph serializer. Bytes are key id length, key id, nonce (12), ciphertext with tag (NIST SP 800-38D).

    The type name and the key id are authenticated with the content, so that none can be exchanged for another.
    `keys` maps key ids to 32 bytes; the first encrypts, all decrypt.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise CheckpointCipherError("At least one checkpoint key is needed.")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(keys))
        self._plain = JsonPlusSerializer(pickle_fallback=False)

    def dumps_typed(self, obj: Any) -> tuple[str, bytes]:
        """Serialize and encrypt."""
        kind, content = self._plain.dumps_typed(obj)
        name, nonce = f"{_MARK}+{kind}", os.urandom(_NONCE_BYTES)
        key_id = self._current.encode()
        sealed = self._ciphers[self._current].encrypt(nonce, content, name.encode() + key_id)
        return name, bytes([len(key_id)]) + key_id + nonce + sealed

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        """Decrypt and deserialize. Raises CheckpointCipherError for anything this class did not write."""
        name, content = data
        mark, _, kind = name.partition("+")
        if mark != _MARK:
            raise CheckpointCipherError("A checkpoint is not encrypted; it is not loaded.")
        key_id, nonce, sealed = _parts(content)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise CheckpointCipherError(f"A checkpoint was written with the key '{key_id}', which is not configured.")
        try:
            return self._plain.loads_typed((kind, cipher.decrypt(nonce, sealed, name.encode() + key_id.encode())))
        except InvalidTag as error:
            raise CheckpointCipherError("A checkpoint was altered since it was written.") from error


def _parts(content: bytes) -> tuple[str, bytes, bytes]:
    length = content[0] if content else 0
    start = 1 + length
    if len(content) < start + _NONCE_BYTES:
        raise CheckpointCipherError("A checkpoint is too short to be one.")
    key_id = content[1:start].decode(errors="replace")
    return key_id, content[start : start + _NONCE_BYTES], content[start + _NONCE_BYTES :]
