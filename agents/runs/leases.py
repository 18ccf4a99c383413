"""The port that says which process works on a run, so that a dead one's runs are taken over by one other."""

from collections.abc import Collection
from typing import Protocol


class RunLeases(Protocol):
    """Leases that lapse when their holder dies."""

    async def acquire(self, run_id: str) -> bool:
        """Take the run; False when a living process has it."""
        ...

    async def renew(self, run_ids: Collection[str]) -> set[str]:
        """Keep them for another while; those that another process has taken meanwhile, which stay its own."""
        ...

    async def release(self, run_id: str) -> None:
        """Give it up."""
        ...
