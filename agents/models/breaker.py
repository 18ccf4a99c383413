"""A circuit breaker: a provider that keeps failing is left alone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable


class CircuitBreaker:
    """Opens after `threshold` failures in a row, for `cooldown_s`; then one try decides.

    Half-open as in M. Nygard, "Release It!" (2nd ed., section 5.2).
    """

    def __init__(
        self, *, threshold: int = 3, cooldown_s: float = 30, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._threshold = threshold
        self._cooldown_s = cooldown_s
        self._monotonic = monotonic
        self._failures = 0
        self._opened_at: float | None = None

    def allows(self) -> bool:
        """Whether the provider may be asked now. After the cool-down the first that asks is let through alone."""
        if self._opened_at is None:
            return True
        if self._monotonic() - self._opened_at < self._cooldown_s:
            return False
        self._opened_at = self._monotonic()
        return True

    def succeeded(self) -> None:
        """The provider answered: closed again."""
        self._failures = 0
        self._opened_at = None

    def failed(self) -> None:
        """The provider failed."""
        self._failures += 1
        if self._failures >= self._threshold:
            self._opened_at = self._monotonic()
