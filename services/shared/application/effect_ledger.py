"""The port that makes an effect happen once, however often it is asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

from services.shared.domain.errors import ConflictError, InvalidInputError
from services.shared.domain.ids import UserId

KEPT_DAYS: Final = 7


class EffectRunningError(ConflictError):
    """The same effect is being worked on at this moment."""

    code = "idempotency-key-in-use"

    def __init__(self) -> None:
        super().__init__("A request with this idempotency key is still being worked on. Ask again in a moment.")


class EffectKeyReusedError(InvalidInputError):
    """The key stands for an effect that was asked for with other content."""

    code = "idempotency-key-reused"

    def __init__(self) -> None:
        super().__init__("This idempotency key was used for another request. Take a new key for a new request.")


class EffectSealedError(ConflictError):
    """The effect has happened, and what was kept of it was sealed with a key that is gone."""

    code = "idempotency-key-sealed"

    def __init__(self) -> None:
        super().__init__(
            "What this idempotency key stands for was done, but its answer can no longer be read. See what is there "
            "before you ask again, with a new key."
        )


@dataclass(frozen=True, slots=True)
class EffectKey:
    """What an effect is known by among its person's effects; `digest` is the SHA-256 of what exactly was asked for."""

    user_id: UserId
    key: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """An effect's result; `repeated` when it had happened before and this is what was kept of it."""

    result: bytes
    repeated: bool


class EffectLedger(Protocol):
    """Remembers each effect together with its result, for seven days."""

    async def once(self, key: EffectKey, work: Callable[[], Awaitable[bytes]], *, wait: bool = False) -> Outcome:
        """Do the work, or answer with the result of the time when it was done.

        What the work commits and the memory of it become durable together or not at all: a kill at any moment leaves
        either both or none. An error of the work undoes it, and is not remembered. Raises EffectKeyReusedError,
        EffectSealedError, and EffectRunningError, instead of which `wait` waits for the other to end.
        """
        ...

    async def forget_old(self) -> int:
        """Drop what is older than seven days; how many there were."""
        ...
