"""The port by which a process tells the one that works on a run that its owner wants no answer any more."""

from collections.abc import Collection
from typing import Protocol


class RunCancels(Protocol):
    """Wishes that are kept for a while, whoever works on the run now or after a crash."""

    async def raise_flag(self, name: str) -> None:
        """Note the wish."""
        ...

    async def raised(self, names: Collection[str]) -> set[str]:
        """Those of the runs that are to be cancelled."""
        ...
