"""`nivesh finance check`: do kept sums and balances equal the transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session


def check(
    repair: Annotated[bool, typer.Option("--repair", help="Make anew what differs.")] = False, as_json: AsJson = False
) -> None:
    """Compare the sums and balances that are kept beforehand with all transactions; exit code 1 when some differ."""

    async def work(session: Session) -> bool:
        from services.financial.application.rollups.check_figures import CheckFiguresRequest

        request = CheckFiguresRequest(user_id=session.identity.user_id, repair=repair)
        view = await session.application.finance.check_figures(request)
        differs = bool(view.wrong_sums or view.wrong_accounts)
        if as_json:
            print_json(view)
            return differs and not view.repaired
        report = Report("Kept", ">Differing")
        report.add("sums by month", view.wrong_sums)
        report.add("accounts", view.wrong_accounts)
        report.print(empty="")
        if not differs:
            say("Every sum and every balance equals the transactions.")
        else:
            say("They were made anew." if view.repaired else "Make them anew: nivesh finance check --repair")
        return differs and not view.repaired

    if run(work):
        raise typer.Exit(1)
