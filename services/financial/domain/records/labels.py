"""Notes and tags: what a person writes beside a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.text import clean_text

MAX_NOTE: Final = 1000
MAX_TAGS: Final = 20
MAX_TAG: Final = 40
_SEPARATORS: Final = frozenset(",;|")


def clean_note(text: str) -> str:
    """A note as it is kept: without outer white space; empty when there is none."""
    return clean_text(text, what="A note", limit=MAX_NOTE) if text.strip() else ""


def clean_tag(text: str) -> str:
    """A tag as it is kept: lower case, single blanks, at most 40 characters, no comma, semicolon or bar."""
    tag = " ".join(clean_text(text, what="A tag", limit=MAX_TAG).lower().split()).lstrip("#").strip()
    if not tag or not tag.isprintable() or _SEPARATORS & set(tag):
        raise InvalidInputError(
            "A tag must be words without comma, semicolon or bar, such as 'goa trip'.", extra={"field": "tags"}
        )
    return tag


def clean_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Tags in alphabetical order, each once."""
    tags = tuple(sorted({clean_tag(text) for text in texts}))
    if len(tags) > MAX_TAGS:
        raise InvalidInputError(f"A transaction may have at most {MAX_TAGS} tags.", extra={"field": "tags"})
    return tags
