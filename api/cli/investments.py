"""`nivesh investments`: what is held, how it did, how it is spread, and what tax its sales come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.financial.application.investments.get_capital_gains import CapitalGainsView
    from services.financial.application.investments.views import InvestmentLeftOutView

app = typer.Typer(help="Holdings, returns, allocation, SIPs, capital gains, and AMFI's NAVs.", no_args_is_help=True)

Year = Annotated[str | None, typer.Option("--year", help="Financial year such as 2025-26; the running one without.")]


@app.command()
def holdings(as_json: AsJson = False) -> None:
    """Everything held, at its newest price."""

    async def work(session: Session) -> None:
        from services.financial.application.investments.get_holdings import GetHoldingsRequest

        request = GetHoldingsRequest(user_id=session.identity.user_id)
        view = await session.application.finance.investments.get_holdings(request)
        if as_json:
            print_json(view)
            return
        report = Report("Name", "Account", ">Units", ">Price", "Priced on", ">Value", ">Cost", ">Gain", ">Gain %")
        for one in view.holdings:
            priced = f"{one.price_on} (stale)" if one.stale and one.price_on else one.price_on
            gain, percent = one.gain, one.absolute_return_percent
            report.add(one.name, one.account, one.units, one.price, priced, one.value, one.cost, gain, percent)
        if view.holdings:
            percent = view.absolute_return_percent
            report.add("Total", None, None, None, None, view.value, view.cost, view.gain, percent)
        report.print(empty="No holdings on record.")
        say(f"{view.value:f} {view.currency} on {view.as_of}; {view.stale_count} with a price older than five days.")
        _say_left_out(view.left_out)

    run(work)


@app.command()
def returns(as_json: AsJson = False) -> None:
    """How investments did: yearly (XIRR) and absolute."""

    async def work(session: Session) -> None:
        from services.financial.application.investments.get_returns import GetReturnsRequest

        request = GetReturnsRequest(user_id=session.identity.user_id)
        view = await session.application.finance.investments.get_returns(request)
        if as_json:
            print_json(view)
            return
        report = Report("Name", ">Invested", ">Taken out", ">Value", ">Gain", ">Absolute %", ">XIRR % a year", "Remark")
        for one in (*view.instruments, view.total):
            remark = one.reason or ("extrapolated from less than a year" if one.extrapolated else None)
            figures = (one.invested, one.taken_out, one.value, one.gain, one.absolute_return_percent, one.xirr_percent)
            report.add(one.name, *figures, remark)
        report.print(empty="No investment transactions on record.")
        _say_left_out(view.left_out)

    run(work)


@app.command()
def allocation(as_json: AsJson = False) -> None:
    """How investments are spread, and how far that is from the target."""

    async def work(session: Session) -> None:
        from services.financial.application.investments.get_allocation import GetAllocationRequest

        request = GetAllocationRequest(user_id=session.identity.user_id)
        view = await session.application.finance.investments.get_allocation(request)
        if as_json:
            print_json(view)
            return
        report = Report("Class", ">Value", ">Share %", ">Target %", ">Drift", ">To move")
        for one in view.classes:
            name = one.asset_class.value.replace("_", " ")
            report.add(name, one.value, one.percent, one.target_percent, one.drift_percent, one.to_move)
        report.print(empty="No holdings on record.")
        if not view.has_target:
            say("No target. Set one with: nivesh investments target equity=60 debt=40")
        _say_left_out(view.left_out)

    run(work)


@app.command()
def target(
    percents: Annotated[list[str] | None, typer.Argument(help="CLASS=PERCENT …, 100 in all; none forgets it.")] = None,
) -> None:
    """Set how investments should be spread, such as equity=60 debt=30 gold=10."""

    async def work(session: Session) -> None:
        from api.cli.asset_classes import parse_percents
        from services.financial.application.investments.set_target_allocation import SetTargetAllocationRequest

        request = SetTargetAllocationRequest(user_id=session.identity.user_id, percents=parse_percents(percents or []))
        await session.application.finance.investments.set_target_allocation(request)
        say("Kept." if percents else "Forgotten.")

    run(work)


@app.command()
def sips(as_json: AsJson = False) -> None:
    """Systematic investment plans that purchases show."""

    async def work(session: Session) -> None:
        from services.financial.application.investments.find_sips import FindSipsRequest

        view = await session.application.finance.investments.find_sips(
            FindSipsRequest(user_id=session.identity.user_id)
        )
        if as_json:
            print_json(view)
            return
        report = Report("Name", ">Amount", "Cadence", ">Instalments", ">Invested", "Last", "Next", "Runs")
        for one in view.sips:
            runs = "yes" if one.active else "ended"
            report.add(
                one.name,
                one.amount,
                one.cadence.value,
                one.instalments,
                one.invested,
                one.last_on,
                one.next_due_on,
                runs,
            )
        report.print(empty="No plans found.")
        say(f"{view.monthly_total:f} {view.currency} a month.")

    run(work)


@app.command("gains")
def capital_gains(
    year: Year = None,
    lots: Annotated[bool, typer.Option("--lots", help="Print every lot that was sold.")] = False,
    as_json: AsJson = False,
) -> None:
    """Capital gains of a financial year: an estimate, not advice."""

    async def work(session: Session) -> None:
        from services.financial.application.investments.get_capital_gains import GetCapitalGainsRequest
        from services.financial.domain.financial_year import FinancialYear

        wanted = FinancialYear.parse(year) if year else None
        request = GetCapitalGainsRequest(user_id=session.identity.user_id, financial_year=wanted)
        view = await session.application.finance.investments.get_capital_gains(request)
        if as_json:
            print_json(view)
            return
        (_gain_lots if lots else _gain_buckets)(view).print(empty=f"Nothing was sold in {view.financial_year}.")
        say(
            f"{view.financial_year}: short-term {view.short_term_gain:f}, long-term {view.long_term_gain:f} INR; "
            f"exempt {view.exemption_used:f} (left {view.exemption_left:f}).",
            f"Tax at special rates {view.tax_at_special_rates:f}; {view.taxable_at_slab_rate:f} at your slab rate.",
            *view.assumptions,
            view.note,
        )
        _say_left_out(view.left_out)

    run(work)


@app.command()
def navs(
    file: Annotated[
        Path, typer.Argument(help="NAVAll.txt or a history file from amfiindia.com.", exists=True, dir_okay=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Import AMFI's net asset values; importing again changes nothing."""

    async def work(session: Session) -> None:
        import asyncio

        from api.cli.progress import progress_bar
        from services.financial.application.investments.import_navs import ImportNavsRequest

        content = await asyncio.to_thread(file.read_bytes)
        with progress_bar(file.name) as on_progress:
            view = await session.application.finance.investments.import_navs(
                ImportNavsRequest(content=content, on_progress=on_progress)
            )
        if as_json:
            print_json(view)
            return
        report = Report(">Schemes", ">Values", "Newest", ">Age in days", ">Without value", ">Unreadable")
        figures = (view.schemes, view.values, view.newest_on, view.age_days, view.without_value, view.rejected_count)
        report.add(*figures)
        report.print(empty="")
        say(*(f"line {one.line}: {one.reason}" for one in view.rejected[:10]))

    run(work)


@app.command()
def funds(
    text: Annotated[str, typer.Argument(help="AMFI code, ISIN, or words of the name.")],
    limit: Annotated[int, typer.Option(min=1, max=50)] = 10,
    as_json: AsJson = False,
) -> None:
    """Look funds up in AMFI's list."""

    async def work(session: Session) -> None:
        from services.financial.application.investments.find_funds import FindFundsRequest

        view = await session.application.finance.investments.find_funds(FindFundsRequest(text=text, limit=limit))
        if as_json:
            print_json(view)
            return
        report = Report("Code", "ISIN", "Name", "Plan", "Option", ">NAV", "Of", ">Age in days")
        for one in view.funds:
            report.add(one.amfi_code, one.isin, one.name, one.plan, one.option, one.nav, one.nav_on, one.nav_age_days)
        report.print(empty="No such fund. Import AMFI's list with: nivesh investments navs NAVAll.txt")

    run(work)


def _say_left_out(left_out: tuple[InvestmentLeftOutView, ...]) -> None:
    say(*(f"Left out: {one.name}. {one.reason}" for one in left_out))


def _gain_buckets(view: CapitalGainsView) -> Report:
    report = Report("Term", "Section", ">Rate %", ">Gains", ">Losses", ">Set off", ">Exempt", ">Taxable", ">Tax")
    for one in view.buckets:
        rate = "slab" if one.rate_percent is None else one.rate_percent
        figures = (one.gains, one.losses, one.set_off, one.exempted, one.taxable, one.tax)
        report.add(one.term.value, one.section, rate, *figures)
    return report


def _gain_lots(view: CapitalGainsView) -> Report:
    report = Report("Name", "Bought", "Sold", ">Units", ">Cost", ">Proceeds", ">Gain", "Term", ">Rate %")
    for one in view.lines:
        rate = "slab" if one.rate_percent is None else one.rate_percent
        figures = (one.units, one.cost, one.proceeds, one.gain)
        report.add(one.name, one.acquired_on, one.sold_on, *figures, one.term.value, rate)
    return report
