"""An email address, in one normal form so that it identifies a person."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from services.user.domain.errors import InvalidFieldError

# RFC 5321, section 4.5.3.1: octets in the local part, and in the whole path without its brackets.
_MAX_LOCAL_OCTETS: Final = 64
_MAX_OCTETS: Final = 254
# RFC 6531 allows letters of every script; quoted local parts and address literals are refused on purpose.
_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")


@dataclass(frozen=True, slots=True)
class Email:
    """A syntactically valid address, NFC and lower case. That somebody reads it is not known from this."""

    address: str

    def __post_init__(self) -> None:
        normal = unicodedata.normalize("NFC", self.address.strip()).lower()
        if len(normal) > _MAX_OCTETS or len(normal.encode(errors="replace")) > _MAX_OCTETS:
            raise InvalidFieldError("email", f"must have at most {_MAX_OCTETS} characters")
        local, _, domain = normal.rpartition("@")
        if not _LOCAL.fullmatch(_base_letters(local)) or not _DOMAIN.fullmatch(_base_letters(domain)):
            raise InvalidFieldError("email", "must be an email address such as asha@example.in")
        if len(local.encode()) > _MAX_LOCAL_OCTETS:
            raise InvalidFieldError("email", f"must have at most {_MAX_LOCAL_OCTETS} characters before the @")
        object.__setattr__(self, "address", normal)

    def __str__(self) -> str:
        return self.address


def _base_letters(text: str) -> str:
    """The text without combining marks, which `\\w` does not know: the vowel signs of Indian scripts."""
    if text.isascii():
        return text
    return "".join(character for character in text if not unicodedata.category(character).startswith("M"))
