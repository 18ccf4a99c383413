"""A memory: one sentence about a person that later answers may know."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.shared.domain.errors import ConflictError, NotFoundError
from services.shared.domain.ids import MemoryId, UserId
from services.shared.domain.text import clean_text

MAX_LENGTH: Final = 300
MAX_MEMORIES: Final = 100


class MemoryNotFoundError(NotFoundError):
    """The caller has no such memory (another person's, none at all: the same answer)."""

    code = "memory-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such memory among yours. List them with GET /memory.")


class MemoryFullError(ConflictError):
    """A person has as many memories as are kept."""

    code = "memory-full"

    def __init__(self) -> None:
        super().__init__(f"At most {MAX_MEMORIES} memories are kept. Delete one that no longer holds.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """`text` is one line of 1 to 300 characters, as the person approved or wrote it."""

    id: MemoryId
    user_id: UserId
    text: str
    created_at: datetime
    updated_at: datetime

    def corrected(self, text: str, now: datetime) -> "Memory":
        """The memory with another text."""
        return dataclasses.replace(self, text=parse_memory(text), updated_at=now)


def parse_memory(text: str) -> str:
    """The text on one line; InvalidInputError when empty, TooLargeError above 300 characters."""
    return " ".join(clean_text(text, what="A memory", limit=MAX_LENGTH).split())
