"""`nivesh fi`: link Fi Money and fetch from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.financial.application.fi.views import FiFlagView, FiStatusView

app = typer.Typer(help="Fi Money: link it, fetch from it.", no_args_is_help=True)


@app.command()
def link(as_json: AsJson = False) -> None:
    """Begin the link; prints the page to log in at."""

    async def work(session: Session) -> None:
        from services.financial.application.fi.link_fi import FiRequest

        view = await session.application.finance.fi.link(FiRequest(user_id=session.identity.user_id))
        _print_status(view, as_json)

    run(work)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Whether Fi is linked, and when it was last fetched from."""

    async def work(session: Session) -> None:
        from services.financial.application.fi.link_fi import FiRequest

        view = await session.application.finance.fi.status(FiRequest(user_id=session.identity.user_id))
        _print_status(view, as_json)

    run(work)


@app.command()
def sync(as_json: AsJson = False) -> None:
    """Fetch everything and keep what is new; again, it adds nothing twice."""

    async def work(session: Session) -> None:
        from services.financial.application.fi.link_fi import FiRequest

        view = await session.application.finance.fi.sync(FiRequest(user_id=session.identity.user_id))
        if as_json:
            print_json(view)
            return
        if view.login_url:
            _print_login(view.login_url)
            return
        report = Report(">Accounts", ">New", ">Transactions", ">Investments", ">Known", ">Holdings", ">Reports")
        report.add(
            view.accounts,
            view.accounts_opened,
            view.transactions_added,
            view.investment_transactions_added,
            view.already_there,
            view.holdings,
            view.credit_reports_added,
        )
        report.print(empty="")
        _print_flags(view.flags)

    run(work)


def _print_status(view: FiStatusView, as_json: bool) -> None:
    if as_json:
        print_json(view)
        return
    report = Report("Status", "Log in at", "Fetched")
    report.add(view.status, view.login_url, f"{view.synced_at:%Y-%m-%d %H:%M}" if view.synced_at else None)
    report.print(empty="")
    if view.status == "not_linked":
        say("Begin with: nivesh fi link")
    elif view.login_url:
        say("Log in there, then: nivesh fi sync")
    _print_flags(view.flags)


def _print_login(url: str) -> None:
    report = Report("Log in at")
    report.add(url)
    report.print(empty="")
    say("Log in there, then: nivesh fi sync")


def _print_flags(flags: tuple[FiFlagView, ...]) -> None:
    if flags:
        report = Report("Source", "What is odd")
        for flag in flags:
            report.add(flag.source, flag.reason)
        report.print(empty="")
