"""The password policy: NIST SP 800-63B, section 3.1.1 (length, not composition rules)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

from services.user.domain.email import Email
from services.user.domain.errors import InvalidFieldError

MIN_LENGTH: Final = 8
MAX_LENGTH: Final = 128


@dataclass(frozen=True, slots=True)
class Password:
    """A password as typed, in NFKC so that every keyboard composes it alike. It is never shown."""

    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "secret", unicodedata.normalize("NFKC", self.secret))

    @property
    def is_text(self) -> bool:
        """Whether it can be encoded at all; half a surrogate pair cannot, so it is never anybody's password."""
        return not any("\ud800" <= character <= "\udfff" for character in self.secret)


def choose_password(secret: str, email: Email) -> Password:
    """A new password that keeps the policy: 8 to 128 characters, and not the email."""
    password = Password(secret)
    if len(password.secret) < MIN_LENGTH:
        raise InvalidFieldError("password", f"must have at least {MIN_LENGTH} characters")
    if len(password.secret) > MAX_LENGTH:
        raise InvalidFieldError("password", f"must have at most {MAX_LENGTH} characters")
    if not password.is_text:
        raise InvalidFieldError("password", "must be valid Unicode text")
    if password.secret.strip().lower() == email.address:
        raise InvalidFieldError("password", "must not be your email address")
    return password
