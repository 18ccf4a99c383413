"""`nivesh transactions doubles|merge`: entries by hand that a bank's file brought once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from api.cli.report import AsJson, Report, print_json, run, say
from api.cli.transactions import print_transaction

if TYPE_CHECKING:
    from api.cli.session import Session


def add_to(app: typer.Typer) -> None:
    """Add the commands to `nivesh transactions`."""
    app.command()(doubles)
    app.command()(merge)


def doubles(limit: Annotated[int, typer.Option(min=1, max=200)] = 50, as_json: AsJson = False) -> None:
    """Entries by hand that a bank's file may have brought once more; both count until they are merged."""

    async def work(session: Session) -> None:
        from services.financial.application.records.find_doubles import FindDoublesRequest

        request = FindDoublesRequest(user_id=session.identity.user_id, limit=limit)
        view = await session.application.finance.records.find_doubles(request)
        if as_json:
            print_json(view)
            return
        report = Report("Entered", "Booked", ">Amount", "On", "Your entry", "Booked on", "Bank's line", "Account")
        for pair in view.doubles:
            one, line = pair.entered, pair.booked
            ids = (one.transaction_id, line.transaction_id)
            report.add(*ids, one.amount, one.date, one.payee, line.date, line.payee, one.account)
        report.print(empty="Nothing looks as if it had come twice.")
        if view.doubles:
            say("If they are one payment: nivesh transactions merge ENTERED BOOKED")
            say("If they are two: nivesh transactions tag ENTERED separate")
        if view.count > len(view.doubles):
            say(f"There are {view.count}: raise --limit.")

    run(work)


def merge(
    entered: Annotated[UUID, typer.Argument(help="Your entry, which goes; `restore` brings it back.")],
    booked: Annotated[UUID, typer.Argument(help="The bank's line, which stays.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what the line would become.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make one transaction of a pair that `doubles` shows: the line takes the entry's note, tags and category."""

    async def work(session: Session) -> None:
        from services.financial.application.records.merge_double import MergeDoubleRequest
        from services.shared.domain.ids import TransactionId

        request = MergeDoubleRequest(
            user_id=session.identity.user_id,
            entered_id=TransactionId(entered),
            booked_id=TransactionId(booked),
            dry_run=dry_run,
        )
        print_transaction(await session.application.finance.records.merge_double(request), as_json)

    run(work)
