"""`nivesh transactions`, further: history, undoing, deleting and exporting."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, Report, print_json, run, say
from api.cli.transactions import Id, app, print_transaction

if TYPE_CHECKING:
    from api.cli.session import Session

__all__ = ["app"]


class Format(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSON = "json"


@app.command()
def history(transaction: Id, as_json: AsJson = False) -> None:
    """What was changed of a transaction, by whom and when."""

    async def work(session: Session) -> None:
        from services.financial.application.records.get_history import GetTransactionHistoryRequest
        from services.shared.domain.ids import TransactionId

        request = GetTransactionHistoryRequest(
            user_id=session.identity.user_id, transaction_id=TransactionId(transaction)
        )
        view = await session.application.finance.records.get_transaction_history(request)
        if as_json:
            print_json(view)
            return
        report = Report(">Version", "When", "Who", "Change", ">Amount", "Payee", "Category", "Note")
        for one in view.versions:
            state = one.after or one.before
            when = f"{one.changed_at:%Y-%m-%d %H:%M}"
            if state:
                words = state.own_category or state.category
                report.add(one.version, when, one.actor, one.change, state.amount, state.payee, words, state.note)
        report.print(empty="It is as it was recorded.")

    run(work)


@app.command()
def restore(
    transaction: Id,
    version: Annotated[int, typer.Argument(min=0, help="0 is before the first change.")],
    as_json: AsJson = False,
) -> None:
    """Put a transaction, also a deleted one, back to how it was after a version."""

    async def work(session: Session) -> None:
        from services.financial.application.records.restore_transaction import RestoreTransactionRequest
        from services.shared.domain.ids import TransactionId

        request = RestoreTransactionRequest(
            user_id=session.identity.user_id, transaction_id=TransactionId(transaction), version=version
        )
        print_transaction(await session.application.finance.records.restore_transaction(request), as_json)

    run(work)


@app.command()
def delete(transaction: Id) -> None:
    """Delete a transaction that was entered by hand; `restore` brings it back."""

    async def work(session: Session) -> None:
        from services.financial.application.records.delete_transaction import DeleteTransactionRequest
        from services.shared.domain.ids import TransactionId

        await session.application.finance.records.delete_transaction(
            DeleteTransactionRequest(user_id=session.identity.user_id, transaction_id=TransactionId(transaction))
        )
        say("Deleted.")

    run(work)


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; standard output unless given.")] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.CSV,
    account: Annotated[str | None, typer.Option(help="Name of the account.")] = None,
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
) -> None:
    """Export transactions as CSV or JSON; the CSV of one account can be imported again."""

    async def work(session: Session) -> None:
        import sys

        from api.cli.record_lookups import account_of
        from api.cli.whole_file import whole_file
        from services.financial.application.records.export_format import csv_lines, json_lines
        from services.financial.application.records.export_transactions import ExportTransactionsRequest
        from services.financial.domain.filters import TransactionFilter

        wanted = TransactionFilter(
            user_id=session.identity.user_id,
            start=_day(from_),
            end=_day(to),
            account_id=await account_of(session, account) if account else None,
        )
        batches = await session.application.finance.records.export_transactions(
            ExportTransactionsRequest(wanted=wanted)
        )
        pieces = csv_lines(batches) if form is Format.CSV else json_lines(batches)
        if file is None:
            async for piece in pieces:
                sys.stdout.buffer.write(piece)
            return
        with whole_file(file) as target:
            async for piece in pieces:
                target.write(piece)

    run(work)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
