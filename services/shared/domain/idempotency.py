"""The key by which a caller says that a request is a repetition of an earlier one."""

from typing import Final

from services.shared.domain.errors import InvalidInputError

MAX_KEY_LENGTH: Final = 255


def parse_idempotency_key(key: str) -> str:
    """The key as it came: 1 to 255 printable ASCII characters, as a header can carry them."""
    if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise InvalidInputError(f"An Idempotency-Key is 1 to {MAX_KEY_LENGTH} printable ASCII characters (a UUID).")
    return key
