"""`nivesh finance`: net worth, cash flow, budgets, comparisons, subscriptions, bills, anomalies, forecast."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import figures_check, opening_balance
from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.financial.domain.analysis.comparison import Measure
    from services.financial.domain.period import Period

app = typer.Typer(help="Net worth, cash flow, budgets, bills and what is to come.", no_args_is_help=True)

app.command("check")(figures_check.check)
app.command("opening-balance")(opening_balance.opening_balance)

PeriodName = Annotated[str, typer.Argument(help="YYYY-MM, or YYYY-MM-DD..YYYY-MM-DD.")]
MonthsBack = Annotated[int, typer.Option("--months", help="How many months.", min=1, max=120)]


@app.command("net-worth")
def net_worth(months: MonthsBack = 12, as_json: AsJson = False) -> None:
    """Net worth at the end of each month, by kind of asset and of liability."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeriesRequest

        request = GetNetWorthSeriesRequest(user_id=session.identity.user_id, months=months)
        view = await session.application.finance.analysis.get_net_worth_series(request)
        if as_json:
            print_json(view)
            return
        kinds = sorted({part.account_type.value for point in view.points for part in point.by_asset})
        owed = sorted({part.account_type.value for point in view.points for part in point.by_liability})
        report = Report("Month", ">Net worth", ">Change", *(f">{k}" for k in kinds), *(f">owed: {k}" for k in owed))
        for point in view.points:
            assets = {part.account_type.value: part.amount for part in point.by_asset}
            debts = {part.account_type.value: part.amount for part in point.by_liability}
            cells = [*(assets.get(kind) for kind in kinds), *(debts.get(kind) for kind in owed)]
            report.add(point.month, point.net_worth, point.change, *cells)
        report.print(empty="No records yet. Import a statement: nivesh import FILE")
        say(f"As of {view.as_of}, in {view.currency}.")

    run(work)


@app.command("cash-flow")
def cash_flow(months: MonthsBack = 12, as_json: AsJson = False) -> None:
    """Income, spending and saving of each month, and what spending was for."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlowRequest

        request = AnalyseCashFlowRequest(user_id=session.identity.user_id, period=await _last_months(session, months))
        view = await session.application.finance.analysis.analyse_cash_flow(request)
        if as_json:
            print_json(view)
            return
        report = Report("Month", ">Income", ">Spending", ">Invested", ">Left", ">Saved", ">Saved %", "Whole")
        for m in view.months:
            whole = "" if m.is_whole else "in part"
            report.add(m.month, m.income, m.spending, m.invested, m.net, m.saved, m.savings_rate_percent, whole)
        report.print(empty="No records in these months.")
        for purpose in view.purposes:
            say(f"{purpose.purpose}: {purpose.amount} ({purpose.share_percent}% of spending)")
        say(f"Saved {view.saved} of {view.income} {view.currency}; as of {view.as_of}.")

    run(work)


@app.command()
def income(months: MonthsBack = 12, as_json: AsJson = False) -> None:
    """How steady monthly income is."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.get_income_stability import GetIncomeStabilityRequest

        request = GetIncomeStabilityRequest(user_id=session.identity.user_id, months=months)
        view = await session.application.finance.analysis.get_income_stability(request)
        if as_json:
            print_json(view)
            return
        report = Report("Month", ">Income")
        for month in view.incomes:
            report.add(month.month, month.amount)
        report.print(empty="No whole month on record.")
        say(f"{view.steadiness}: median {view.median}, between {view.lowest} and {view.highest} {view.currency}.")

    run(work)


@app.command()
def compare(
    before: PeriodName,
    after: PeriodName,
    measure: Annotated[str, typer.Option(help="spending, income or net.")] = "spending",
    top: Annotated[int, typer.Option(help="How many payees.", min=1, max=100)] = 10,
    as_json: AsJson = False,
) -> None:
    """Two periods, and the categories and payees that moved the figure: nivesh finance compare 2026-09 2026-10."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.compare_periods import ComparePeriodsRequest

        request = ComparePeriodsRequest(
            user_id=session.identity.user_id,
            before=_period(before),
            after=_period(after),
            measure=_measure(measure),
            top=top,
        )
        view = await session.application.finance.analysis.compare_periods(request)
        if as_json:
            print_json(view)
            return
        report = Report("What", "Category", ">Before", ">After", ">Change", "")
        for one in view.categories:
            report.add("category", one.category.value, one.before, one.after, one.change, one.movement)
        for one in view.payees:
            report.add(one.payee, one.category.value, one.before, one.after, one.change, one.movement)
        report.add("all other payees", None, None, None, view.other_payees_change, "")
        report.add(f"total {view.measure}", None, view.before, view.after, view.change, "")
        report.print(empty="")

    run(work)


@app.command()
def subscriptions(as_json: AsJson = False) -> None:
    """Subscriptions, what they cost, and which are worth a second look."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.review_subscriptions import ReviewSubscriptionsRequest

        request = ReviewSubscriptionsRequest(user_id=session.identity.user_id)
        view = await session.application.finance.analysis.review_subscriptions(request)
        if as_json:
            print_json(view)
            return
        report = Report("Payee", ">Amount", "Paid", ">A year", "Next", "Worth knowing")
        for one in view.subscriptions:
            why = " ".join(reason.text for reason in one.reasons)
            report.add(one.payee, one.amount, one.cadence, one.yearly_cost, one.next_due_on, why)
        report.print(empty="No subscriptions found.")
        say(f"{view.monthly_total} {view.currency} a month, {view.yearly_total} a year; as of {view.as_of}.")

    run(work)


@app.command()
def bills(
    days: Annotated[int, typer.Option(help="How many days.", min=1, max=366)] = 30,
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; today without it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What is due when: rent, EMIs, SIPs, premiums, subscriptions, utilities, card bills."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.get_bills_calendar import GetBillsCalendarRequest

        first = start.date() if start else None
        request = GetBillsCalendarRequest(user_id=session.identity.user_id, start=first, days=days)
        view = await session.application.finance.analysis.get_bills_calendar(request)
        if as_json:
            print_json(view)
            return
        report = Report("Due", "Payee", "Category", ">Amount", "", "Status")
        for bill in (*view.earlier, *(bill for day in view.days for bill in day.bills)):
            about = "about" if bill.is_estimate else ""
            report.add(bill.due_on, bill.payee, bill.category.value, bill.amount, about, bill.status)
        report.print(empty="Nothing is due.")
        say(f"{view.total} {view.currency} from {view.from_} to {view.to}; records end on {view.as_of}.")

    run(work)


@app.command()
def anomalies(
    days: Annotated[int, typer.Option(help="Among the last days of the records.", min=1, max=366)] = 90,
    as_json: AsJson = False,
) -> None:
    """Payments that stand out, each with its reason."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.find_anomalies import FindAnomaliesRequest

        request = FindAnomaliesRequest(user_id=session.identity.user_id, days=days, limit=100)
        view = await session.application.finance.analysis.find_anomalies(request)
        if as_json:
            print_json(view)
            return
        report = Report("Day", "Payee", ">Amount", "Kind", "Why")
        for one in view.anomalies:
            report.add(one.date, one.payee, one.amount, one.kind, one.reason)
        report.print(empty=f"Nothing stands out from {view.from_} to {view.to}.")

    run(work)


@app.command()
def forecast(
    days: Annotated[int, typer.Option(help="How many days ahead.", min=1, max=180)] = 90,
    every: Annotated[int, typer.Option(help="One line in so many days.", min=1, max=90)] = 15,
    as_json: AsJson = False,
) -> None:
    """What the everyday accounts will hold together, with an 80% interval."""

    async def work(session: Session) -> None:
        from services.financial.application.analysis.forecast_balances import ForecastBalancesRequest

        request = ForecastBalancesRequest(user_id=session.identity.user_id, days=days, every=every)
        view = await session.application.finance.analysis.forecast_balances(request)
        if as_json:
            print_json(view)
            return
        report = Report("Day", ">Expected", ">Low", ">High")
        report.add(view.as_of, view.balance, view.balance, view.balance)
        for point in view.points:
            report.add(point.day, point.expected, point.low, point.high)
        report.print(empty="")
        held = f"{view.coverage_percent}%" if view.coverage_percent is not None else "not known yet"
        say(
            f"Income {view.recurring_income}, commitments {view.commitments}, everything else {view.everything_else}.",
            f"The interval aims at {view.target_percent}%; in {view.back_tests} back-tests it held: {held}.",
        )

    run(work)


async def _last_months(session: Session, months: int) -> Period:
    """Whole months up to today's."""
    from services.financial.domain.period import Month, Period
    from services.shared.domain.clock import SystemClock, today

    now = today(SystemClock())
    this = Month.of(now)
    return Period(this.plus(1 - months).first, this.last)


def _period(text: str) -> Period:
    """A month, or first and last day with two dots between."""
    from datetime import date

    from services.financial.domain.period import Month, Period

    first, dots, last = text.partition("..")
    if not dots:
        return Period.of_month(Month.parse(text))
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is not a period such as 2026-10 or 2026-10-01..2026-10-31.") from error


def _measure(text: str) -> Measure:
    from services.financial.domain.analysis.comparison import Measure

    try:
        return Measure(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is not one of spending, income, net.") from error
