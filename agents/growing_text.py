"""A text that grows piece by piece."""

from __future__ import annotations


class GrowingText:
    """Kept in pieces and put together when it is read: adding to a long string copies all of it each time."""

    __slots__ = ("_parts",)

    def __init__(self, text: str = "") -> None:
        self._parts = [text]

    def add(self, text: str) -> None:
        """The text goes on."""
        self._parts.append(text)

    def __str__(self) -> str:
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0]
