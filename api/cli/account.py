"""`nivesh account`: the account of the person of this machine itself."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.cli.console import err, fail
from api.cli.report import run

if TYPE_CHECKING:
    from api.cli.session import Session

app = typer.Typer(help="Your account on this machine.", no_args_is_help=True)

_WAIT_S: Final = 120.0
_LOOK_EVERY_S: Final = 0.1
_EXPORT: Final = "What is kept of you can be exported before: nivesh account export FILE."
_QUESTION: Final = "Erase your accounts, transactions, goals, conversations and all else that is kept of you, for good?"


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to; what is there is replaced at the end.")],
) -> None:
    """Write everything that is kept of you to a file, as JSON: records, goals, conversations, settings."""

    async def work(session: Session) -> None:
        from api.cli.progress import counting
        from api.cli.whole_file import whole_file

        with whole_file(file) as target, counting(file.name) as count:
            async for piece in session.application.export_person(session.identity.user_id):
                await asyncio.to_thread(target.write, piece.data)
                count(piece.name, piece.entries)

    run(work)


@app.command()
def delete(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Erase the account and everything that is kept of you, in every store. It cannot be undone.

    What you want to keep of it you have to export before: `nivesh account export`.
    """
    if not yes and not _is_meant():
        fail("Nothing was erased. With --yes you are not asked.")
        raise typer.Exit(1)

    async def work(session: Session) -> None:
        from api.cli.session import forget_person
        from services.user.application.erasure.erase_account import EraseAccountRequest

        application = session.application
        request = EraseAccountRequest(user_id=session.identity.user_id)
        view = await application.users.erasure.erase_account(request)
        forget_person(application.settings.home)
        is_done = await _until_told(session)
        err.print("Erased." if is_done else "Erased here; what is left goes as soon as nivesh runs again.")
        err.print(f"Reference: {view.id}", markup=False, highlight=False)

    run(work)


def _is_meant() -> bool:
    """Asked of whoever is there; that nobody is, as in a script, is no yes."""
    err.print(_EXPORT)
    try:
        return typer.confirm(_QUESTION, err=True)
    except typer.Abort:
        err.print()
        return False


async def _until_told(session: Session) -> bool:
    """Wait until every context has erased its part; False when that takes longer than anybody waits."""
    from data.outbox.pending import is_pending

    deadline = asyncio.get_running_loop().time() + _WAIT_S
    while await is_pending(session.application.stores.postgres, str(session.identity.user_id)):
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(_LOOK_EVERY_S)
    return True
