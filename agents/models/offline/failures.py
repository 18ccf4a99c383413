"""What is said when a tool failed."""

from __future__ import annotations

from collections.abc import Sequence

from agents.models.offline.results import Failure


def told(failures: Sequence[Failure]) -> str:
    """The first failure in the tool's own words."""
    failure = failures[0]
    return f"I could not look that up: {failure.detail or f'{failure.tool} failed'}"
