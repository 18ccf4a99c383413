"""A retry budget: repeats may be a tenth of what is asked, so that a sick provider is not asked to death.

As in "Site Reliability Engineering" (Beyer and others, 2016), chapter 21, "Handling overload".
"""

from __future__ import annotations

from typing import Final

_PER_REQUEST: Final = 0.1


class RetryBudget:
    """A bucket of tries. Every request puts a tenth in, every repeat takes one out."""

    def __init__(self, *, most: int = 10) -> None:
        self._most = most
        self._left: float = most

    def asked(self) -> None:
        """A request was made."""
        self._left = min(self._most, self._left + _PER_REQUEST)

    def take(self) -> bool:
        """Take a repeat out; False when there is none left."""
        if self._left < 1:
            return False
        self._left -= 1
        return True
