"""How far an import is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class ImportStage(StrEnum):
    """What an import does, in this order."""

    READING = "reading"
    CATEGORISING = "categorising"
    STORING = "storing"


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """`done` of `total` lines are through this stage; while reading, both are 0, for nobody has counted yet."""

    stage: ImportStage
    done: int
    total: int


OnProgress = Callable[[ImportProgress], None]
"""Told now and then; it may be called from a thread that is not the event loop's."""


def ignore_progress(progress: ImportProgress) -> None:
    """For callers who do not watch."""
