"""`nivesh finance check`: do kept sums and balances equal the transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session


def check(
    repair: Annotated[bool, typer.Option("--repair", help="Make anew what differs.")] = False, as_json: AsJson = False
) -> None:
    """Compare the sums and balances that are kept beforehand with all transactions."""

    async def work(session: Session) -> None:
        from services.financial.application.rollups.check_figures import CheckFiguresRequest

        request = CheckFiguresRequest(user_id=session.identity.user_id, repair=repair)
        view = await session.application.finance.check_figures(request)
        if as_json:
            print_json(view)
        elif not view.wrong_sums and not view.wrong_accounts:
            say("Every sum and every balance equals the transactions.")
        else:
            mended = "They were made anew." if view.repaired else "Make them anew: nivesh finance check --repair"
            say(f"{view.wrong_sums} sums and {view.wrong_accounts} accounts differ from the transactions. {mended}")

    run(work)
