"""`nivesh finance opening-balance`: what an account held before its first transaction on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.amounts import parse_amount
from api.cli.report import AsJson, Report, print_json, run

if TYPE_CHECKING:
    from api.cli.session import Session


def opening_balance(
    account: Annotated[str, typer.Argument(help="Name of the account.")],
    amount: Annotated[str | None, typer.Option("--set", help="Change it to this; what is owed is negative.")] = None,
    as_json: AsJson = False,
) -> None:
    """What an account held before its first transaction on record, in its currency; with --set, change it."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import account_of
        from services.financial.application.records.change_opening_balance import ChangeOpeningBalanceRequest
        from services.financial.application.records.get_opening_balance import GetOpeningBalanceRequest

        records, user_id = session.application.finance.records, session.identity.user_id
        account_id = await account_of(session, account)
        if amount is not None:
            await records.change_opening_balance(
                ChangeOpeningBalanceRequest(
                    user_id=user_id, account_id=account_id, opening_balance=parse_amount(amount)
                )
            )
        view = await records.get_opening_balance(GetOpeningBalanceRequest(user_id=user_id, account_id=account_id))
        if as_json:
            print_json(view)
            return
        report = Report("When", "Who", ">Before", ">Opening balance")
        for one in view.changes:
            report.add(f"{one.changed_at:%Y-%m-%d %H:%M}", one.actor, one.before, one.after)
        report.add("now", None, None, view.opening_balance)
        report.print(empty="")

    run(work)
