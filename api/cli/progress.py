"""A progress bar for work that tells how far it is; nothing where there is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.cli.console import err
from services.financial.application.import_progress import ImportProgress, OnProgress


@contextmanager
def progress_bar(name: str) -> Iterator[OnProgress]:
    """What the work calls as it goes on; from threads as well, which rich allows."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(name, total=None)

        def on_progress(step: ImportProgress) -> None:
            description = f"{name} {step.stage.value}"
            progress.update(task, description=description, completed=step.done, total=step.total or None)

        yield on_progress


@contextmanager
def counting(name: str) -> Iterator[Callable[[str, int], None]]:
    """What the work calls for each step with what it is at and how many more it has done, of a number not known."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,.0f}"))
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(name)

        def on_step(what: str, more: int) -> None:
            progress.update(task, description=f"{name} {what.replace('_', ' ')}", advance=more)

        yield on_step
