"""What each command takes. The work is imported when a command runs, so that `--help` and completion are quick."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from api.cli.console import fail
from api.collection import postpone_collection
from api.contexts import STORES, Context
from data.embedded import Engine, booting_engines

ALL_ENGINES: Final = frozenset(Engine)


def chat(
    question: Annotated[str | None, typer.Argument(help="The question; without it a conversation begins.")] = None,
) -> None:
    """Ask about your money, e.g. nivesh chat "What did I spend on eating out last month?"."""
    with engines_boot_meanwhile():
        from api.cli.conversation import ask_once, talk

        succeeded = asyncio.run(ask_once(question) if question is not None else talk())
    if not succeeded:
        raise typer.Exit(1)


def import_statements(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="CSV or OFX exports; the bank and the format are found out.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ],
    account: Annotated[str | None, typer.Option(help="Name of the account; made when there is none.")] = None,
    opening_balance: Annotated[
        str | None, typer.Option(help="What the account held before the file; taken from the file if it says.")
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="Leave out lines that cannot be read.")] = False,
) -> None:
    """Import statements: HDFC, SBI, ICICI cards, OFX, or any CSV with a header. Importing again adds nothing twice."""
    with engines_boot_meanwhile():
        from api.cli.importing import import_all

        succeeded = asyncio.run(import_all(files, account, opening_balance, partial))
    if not succeeded:
        raise typer.Exit(1)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks a free one.", min=0, max=65535)] = None,
    only: Annotated[
        Context | None, typer.Option(help="Serve one context alone; `nivesh worker` delivers its events.")
    ] = None,
) -> None:
    """Serve the API (port 3000 unless configured), with engines of its own where no server is configured."""
    with engines_boot_meanwhile(STORES[only] if only else ALL_ENGINES):
        import uvloop

        from api.cli.serving import serve as run
        from api.settings import Settings

        changes = {key: value for key, value in {"host": host, "port": port}.items() if value is not None}
        uvloop.run(run(Settings().model_copy(update=changes), only))


def worker() -> None:
    """Deliver domain events only, for an API that runs with NIVESH_WORKERS=none.

    Start it by a service manager or `setsid`: so it lets the API go first.
    """
    import uvloop

    from api.cli.serving import work
    from api.settings import Settings

    uvloop.run(work(Settings()))


def demo(
    seed: Annotated[int, typer.Option(help="Which invented household.")] = 7,
    keep: Annotated[Path | None, typer.Option(help="Keep the data in this directory.", file_okay=False)] = None,
) -> None:
    """Start a server, load a sample household through the API, ask it questions and stream the answers."""
    from httpx import HTTPError

    from api.cli.demonstration import DemoFailedError, demonstrate

    try:
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            asyncio.run(demonstrate(seed, keep))
        else:
            with tempfile.TemporaryDirectory(prefix="nivesh-demo-", ignore_cleanup_errors=True) as home:
                asyncio.run(demonstrate(seed, Path(home)))
    except (DemoFailedError, HTTPError) as error:
        fail(f"the demo did not work: {error}")
        raise typer.Exit(1) from error


@contextlib.contextmanager
def engines_boot_meanwhile(wanted: frozenset[Engine] = ALL_ENGINES) -> Iterator[None]:
    """Begin to boot the engines that will be needed: importing the program takes as long as they do."""
    postpone_collection()
    from api.settings import Settings

    settings = Settings()
    embedded = settings.embedded_engines & wanted
    if not embedded:
        yield
        return
    with booting_engines(settings.home, embedded):
        yield
