"""Text that a person typed, made safe to keep: what every store can hold, and no longer than it may be."""

import re
from typing import Final

from services.shared.domain.errors import InvalidInputError, TooLargeError

_NOT_STORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str, *, what: str, limit: int) -> str:
    """The text without surrounding white space; `what` begins the error's sentence, e.g. "A goal's name".

    Empty text and characters that no store can hold (NUL, half of a surrogate pair) are an InvalidInputError; more
    than `limit` characters are a TooLargeError.
    """
    stripped = text.strip()
    if not stripped:
        raise InvalidInputError(f"{what} must not be empty.")
    if len(stripped) > limit:
        raise TooLargeError(
            f"{what} may have at most {limit:,} characters; this one has {len(stripped):,}. Shorten it.",
            extra={"limit": limit, "length": len(stripped)},
        )
    return storable_text(stripped, what=what)


def storable_text(text: str, *, what: str) -> str:
    """The text as it is; characters that no store can hold (NUL, half of a surrogate pair) are an InvalidInputError."""
    if _NOT_STORABLE.search(text):
        raise InvalidInputError(f"{what} holds a character that is not text (NUL or half a surrogate pair). Remove it.")
    return text
