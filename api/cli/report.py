"""How commands run and answer: a table on a terminal, tab-separated lines in a pipe, JSON when asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

import orjson
import typer
from rich.table import Table

from api.cli.commands import engines_boot_meanwhile
from api.cli.console import out

if TYPE_CHECKING:
    from pydantic import BaseModel

    from api.cli.session import Session

T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, as the API gives it.")]

_FIGURE: Final = "right"


def run(work: Callable[[Session], Awaitable[T]]) -> T:
    """What a command's work comes to, for the person of this machine. Engines boot while the program is loaded."""

    async def session() -> T:
        from api.cli.session import open_session

        async with open_session() as opened:
            return await work(opened)

    with engines_boot_meanwhile():
        return asyncio.run(session())


def print_json(view: object) -> None:
    """A view as the tools give it: amounts are decimal strings, days ISO 8601."""
    from tools.results import result_json

    typer.echo(orjson.dumps(result_json(view), option=orjson.OPT_INDENT_2).decode())


def print_response(response: BaseModel) -> None:
    """What the API answers, where no tool gives the same."""
    typer.echo(response.model_dump_json(indent=2))


class Report:
    """A table. Columns that begin with a `>` in their heading are figures and stand to the right."""

    def __init__(self, *headings: str, title: str | None = None) -> None:
        self._headings = [heading.removeprefix(">") for heading in headings]
        self._sides: list[Literal["left", "right"]] = [
            _FIGURE if heading.startswith(">") else "left" for heading in headings
        ]
        self._title = title
        self._rows: list[list[str]] = []

    def add(self, *cells: object) -> None:
        """A row; None is an empty cell, a Decimal stays exact."""
        if len(cells) != len(self._headings):
            raise ValueError(f"a row of {len(cells)} cells under {len(self._headings)} headings")
        self._rows.append([_cell(cell) for cell in cells])

    def print(self, *, empty: str) -> None:
        """Print it; `empty` is the sentence that stands for a table without rows, on a terminal."""
        if not out.is_terminal:
            _print_lines([self._headings, *self._rows])
        elif self._rows:
            out.print(self._table())
        else:
            out.print(empty, markup=False)

    def _table(self) -> Table:
        table = Table(title=self._title, title_justify="left", header_style="bold")
        for heading, side in zip(self._headings, self._sides, strict=True):
            table.add_column(heading, justify=side, overflow="fold")
        for row in self._rows:
            table.add_row(*row)
        return table


def say(*lines: str) -> None:
    """Sentences around a table, for a person: in a pipe they are left out, so that what comes out stays a table."""
    if out.is_terminal:
        for line in lines:
            out.print(line, markup=False)


def _print_lines(rows: Iterable[Sequence[str]]) -> None:
    for row in rows:
        # Not by rich, which makes spaces of tabs.
        typer.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
