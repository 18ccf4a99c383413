"""Idempotency keys made of what clients call things."""

import hashlib


def key_of(protocol: str, *names: str) -> str:
    """A key that is the same for the same names; they may hold any characters and have any length."""
    digest = hashlib.sha256("\0".join(names).encode()).hexdigest()
    return f"{protocol} {digest}"
