"""What a person is called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from services.user.domain.errors import InvalidFieldError

MAX_NAME_LENGTH: Final = 100
# Unicode's Cc, control characters, and Cs, half a surrogate pair, which no store can hold. Cf stays: Indian scripts
# need joiners.
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A first and a last name in any script, NFC, white space collapsed. Many people have one name: the last may be
    empty, the first may not.
    """

    first: str
    last: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", _clean("first_name", self.first))
        object.__setattr__(self, "last", _clean("last_name", self.last))
        if not self.first:
            raise InvalidFieldError("first_name", "must not be empty")

    def __str__(self) -> str:
        return f"{self.first} {self.last}".strip()


def _clean(field: str, text: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidFieldError(field, f"must have at most {MAX_NAME_LENGTH} characters")
    if _UNFIT.search(name):
        raise InvalidFieldError(field, "must hold only letters and marks, no control characters")
    return name
