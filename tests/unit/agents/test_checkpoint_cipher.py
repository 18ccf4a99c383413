"""Checkpoints are encrypted, and nothing that was not is ever loaded."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.checkpoint_cipher import CheckpointCipherError, EncryptedCheckpoints

OLD, NEW = os.urandom(32), os.urandom(32)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_values_come_back(value: object) -> None:
    cipher = EncryptedCheckpoints({"new": NEW})
    assert cipher.loads_typed(cipher.dumps_typed(value)) == value


def test_the_text_is_not_in_the_bytes_and_no_two_are_alike() -> None:
    cipher = EncryptedCheckpoints({"new": NEW})
    first, second = (cipher.dumps_typed(["net worth of Asha"])[1] for _ in range(2))
    assert b"Asha" not in first
    assert first != second


def test_an_older_key_still_opens_what_it_closed() -> None:
    written = EncryptedCheckpoints({"old": OLD}).dumps_typed([1])
    assert EncryptedCheckpoints({"new": NEW, "old": OLD}).loads_typed(written) == [1]
    with pytest.raises(CheckpointCipherError, match="'old'"):
        EncryptedCheckpoints({"new": NEW}).loads_typed(written)


@given(st.integers(min_value=0))
def test_a_changed_byte_is_noticed(position: int) -> None:
    cipher = EncryptedCheckpoints({"new": NEW})
    kind, content = cipher.dumps_typed({"answer": "₹500"})
    place = position % len(content)
    altered = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    with pytest.raises(CheckpointCipherError):
        cipher.loads_typed((kind, altered))


@pytest.mark.parametrize(
    "foreign", [("msgpack", b"\x90"), ("json", b"[]"), ("aes256gcm+msgpack", b""), ("aes256gcm+msgpack", b"\x03new")]
)
def test_what_is_not_encrypted_is_not_loaded(foreign: tuple[str, bytes]) -> None:
    with pytest.raises(CheckpointCipherError):
        EncryptedCheckpoints({"new": NEW}).loads_typed(foreign)


def test_a_type_cannot_be_exchanged_for_another() -> None:
    cipher = EncryptedCheckpoints({"new": NEW})
    kind, content = cipher.dumps_typed([1])
    with pytest.raises(CheckpointCipherError, match="altered"):
        cipher.loads_typed((kind + "x", content))
