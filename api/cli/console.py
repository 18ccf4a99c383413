"""Output: colours and tables on a terminal, plain text in a pipe, messages on stderr."""

from __future__ import annotations

from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(message: str) -> None:
    """Say on stderr what went wrong."""
    err.print("Error:", style="bold red", end=" ")
    err.print(message, markup=False)
