"""The port to what is kept of runs beside their record: their logs and the checkpoints of their graphs."""

from collections.abc import Collection
from typing import Protocol

from services.shared.domain.ids import RunId


class RunTraces(Protocol):
    """Traces of runs, wherever they are worked on."""

    async def stop(self, runs: Collection[RunId]) -> None:
        """Have whoever works on these runs stop; returns when they have, or did not within a few seconds."""
        ...

    async def forget(self, runs: Collection[RunId]) -> None:
        """Erase all traces of these runs."""
        ...
