"""`nivesh fi`: link Fi Money and fetch from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.financial.application.fi.views import FiFlagView, FiStatusView

app = typer.Typer(help="Fi Money: link it, fetch from it, settle what you have twice.", no_args_is_help=True)


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
def doubles(as_json: AsJson = False) -> None:
    """Accounts that came from Fi and that you may also have of your own making; both count until you say."""

    async def work(session: Session) -> None:
        from services.financial.application.fi.link_fi import FiRequest

        view = await session.application.finance.fi.list_doubles(FiRequest(user_id=session.identity.user_id))
        if as_json:
            print_json(view)
            return
        report = Report("Fi's account", ">Balance", "Your account", ">Balance of yours", "Said")
        for one in view.doubles:
            report.add(one.reported.name, one.reported.balance, one.own.name, one.own.balance, one.decision)
        report.print(empty="You have no account twice.")
        if view.undecided:
            say("Say what they are: nivesh fi resolve FI'S YOURS --as merge (or leave-out, or separate)")

    run(work)


@app.command()
def resolve(
    account: Annotated[str, typer.Argument(help="Name of the account that came from Fi.")],
    own: Annotated[str, typer.Argument(help="Name of the account of your own making.")],
    decision: Annotated[
        Literal["merge", "leave-out", "separate"],
        typer.Option("--as", help="One account; one, without what Fi tells of it; or two."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say of a pair that `doubles` shows whether the two are one."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import account_of
        from services.financial.application.fi.resolve_double import ResolveFiDoubleRequest
        from services.financial.domain.fi.twins import TwinDecision

        request = ResolveFiDoubleRequest(
            user_id=session.identity.user_id,
            account_id=await account_of(session, account),
            own_account_id=await account_of(session, own),
            decision=TwinDecision(decision.replace("-", "_")),
            dry_run=dry_run,
        )
        view = await session.application.finance.fi.resolve_double(request)
        if as_json:
            print_json(view)
            return
        report = Report("Decision", "Your account", ">Balance", ">Fi told", ">Same", ">Moved", ">Taken away")
        figures = (view.balance, view.reported, view.same, view.moved, view.taken_away)
        report.add(view.decision, view.own_account, *figures)
        report.print(empty="")
        if dry_run:
            say("Nothing is done yet.")

    run(work)


@app.command()
def unlink() -> None:
    """Forget the link; what came from Fi stays."""

    async def work(session: Session) -> None:
        from services.financial.application.fi.link_fi import FiRequest

        await session.application.finance.fi.unlink(FiRequest(user_id=session.identity.user_id))
        say("Unlinked.")

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
        _print_doubles(view.possible_doubles)
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
    _print_doubles(view.possible_doubles)
    _print_flags(view.flags)


def _print_login(url: str) -> None:
    report = Report("Log in at")
    report.add(url)
    report.print(empty="")
    say("Log in there, then: nivesh fi sync")


def _print_doubles(count: int) -> None:
    if count:
        say(f"You may have {count} of these accounts twice, and both count. See: nivesh fi doubles")


def _print_flags(flags: tuple[FiFlagView, ...]) -> None:
    if flags:
        report = Report("Source", "What is odd")
        for flag in flags:
            report.add(flag.source, flag.reason)
        report.print(empty="")
