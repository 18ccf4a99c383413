"""`nivesh loans`: instalments, tables, prepayments, and the loans on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.cli.session import Session
    from services.financial.application.loans.views import InstalmentView, LoanView

app = typer.Typer(help="EMI, amortisation, prepayments, and your loans.", no_args_is_help=True)

Principal = Annotated[str, typer.Argument(help="What is lent, such as 5000000.")]
Rate = Annotated[str, typer.Argument(help="Nominal yearly rate in percent, such as 8.5.")]
Months = Annotated[int, typer.Argument(help="How many instalments.", min=1, max=600)]
First = Annotated[str | None, typer.Option("--first", help="Day of the first instalment, YYYY-MM-DD; today without.")]


@app.command()
def emi(
    principal: Principal,
    rate: Rate,
    months: Months,
    first: First = None,
    fee: Annotated[str, typer.Option(help="Taken off what was paid out.")] = "0",
    years: Annotated[bool, typer.Option("--years", help="Print what is paid in each financial year.")] = False,
    table: Annotated[bool, typer.Option("--table", help="Print every instalment.")] = False,
    as_json: AsJson = False,
) -> None:
    """Work a loan out: instalment, interest, effective rate."""

    async def work(session: Session) -> None:
        from api.cli.loan_input import decimal, loan_source
        from services.financial.application.loans.calculate_loan import CalculateLoanRequest

        request = CalculateLoanRequest(
            user_id=session.identity.user_id,
            source=loan_source(principal, rate, months, first),
            fee=decimal(fee, "fee"),
            with_table=table,
        )
        view = await session.application.finance.loans.calculate_loan(request)
        if as_json:
            print_json(view)
            return
        if table:
            _print_table(view.instalments)
        elif years:
            report = Report("Financial year", ">Interest", ">Principal", ">Owed at its end")
            for year in view.years:
                report.add(year.financial_year, year.interest, year.principal, year.balance)
            report.print(empty="")
        else:
            _print_loan(view)

    run(work)


@app.command()
def prepay(
    principal: Principal,
    rate: Rate,
    months: Months,
    payment: Annotated[list[str], typer.Option("--pay", help="NUMBER=AMOUNT: besides that instalment. Repeatable.")],
    lower_emi: Annotated[bool, typer.Option("--lower-emi", help="Lower the EMI instead of ending earlier.")] = False,
    first: First = None,
    table: Annotated[bool, typer.Option("--table", help="Print every instalment.")] = False,
    as_json: AsJson = False,
) -> None:
    """What prepayments save, e.g. nivesh loans prepay 1000000 9 120 --pay 12=200000."""

    async def work(session: Session) -> None:
        from api.cli.loan_input import loan_source, parse_prepayments
        from services.financial.application.loans.calculate_prepayment import CalculatePrepaymentRequest
        from services.financial.domain.loans.schedule import PrepaymentMode

        request = CalculatePrepaymentRequest(
            user_id=session.identity.user_id,
            source=loan_source(principal, rate, months, first),
            prepayments=parse_prepayments(payment),
            mode=PrepaymentMode.REDUCE_EMI if lower_emi else PrepaymentMode.REDUCE_TENURE,
            with_table=table,
        )
        view = await session.application.finance.loans.calculate_prepayment(request)
        if as_json:
            print_json(view)
            return
        if table:
            _print_table(view.instalments)
        else:
            report = Report("", ">EMI", ">Instalments", ">Interest", "Ends on")
            report.add("before", view.emi_before, view.months_before, view.interest_before, view.last_due_on_before)
            report.add("after", view.emi_after, view.months_after, view.interest_after, view.last_due_on_after)
            report.print(empty="")
        say(f"Prepaid {view.prepaid:f}: saves {view.interest_saved:f} of interest, {view.months_saved} instalments.")

    run(work)


@app.command("list")
def list_loans(as_json: AsJson = False) -> None:
    """Your loans by their terms, as they stand today."""

    async def work(session: Session) -> None:
        from services.financial.application.loans.list_loans import ListLoansRequest

        view = await session.application.finance.loans.list_loans(ListLoansRequest(user_id=session.identity.user_id))
        if as_json:
            print_json(view)
            return
        report = Report(
            "Loan", ">Rate %", ">EMI", ">Owed", ">By the account", "Next due", "Ends on", ">Interest of year"
        )
        for one in view.loans:
            owed = (one.owed, one.account_balance)
            days = (one.next_due_on, one.last_due_on)
            report.add(one.account, one.annual_rate_percent.normalize(), one.emi, *owed, *days, one.interest_of_year)
        report.print(
            empty="No loans with terms. Record them with: nivesh loans terms ACCOUNT PRINCIPAL RATE MONTHS DAY"
        )
        say(*view.left_out)

    run(work)


@app.command()
def terms(
    account: Annotated[str, typer.Argument(help="Name of the loan account.")],
    principal: Principal,
    rate: Rate,
    months: Months,
    first: Annotated[str, typer.Argument(help="Day of the first instalment, YYYY-MM-DD.")],
    purpose: Annotated[str, typer.Option(help="home, education, vehicle, personal or other.")] = "other",
) -> None:
    """Record what was agreed for a loan account; it is made when there is none of that name."""

    async def work(session: Session) -> None:
        from api.cli.loan_input import keep_terms, loan_terms

        await keep_terms(session, account, loan_terms(principal, rate, months, first, purpose))
        say("Kept.")

    run(work)


def _print_loan(view: LoanView) -> None:
    report = Report("", ">")
    report.add("EMI", view.emi)
    report.add("Instalments", view.months)
    report.add("Last instalment", view.last_instalment)
    report.add("Ends on", view.last_due_on)
    report.add("Interest in all", view.total_interest)
    report.add("Paid in all", view.total_paid)
    report.add("Effective yearly rate %", view.effective_annual_rate_percent)
    report.add("All-in yearly rate %", view.all_in_rate_percent)
    report.print(empty="")


def _print_table(rows: Sequence[InstalmentView]) -> None:
    report = Report(">No.", "Due on", ">Payment", ">Interest", ">Principal", ">Prepaid", ">Balance")
    for row in rows:
        report.add(row.number, row.due_on, row.payment, row.interest, row.principal, row.prepaid or None, row.balance)
    report.print(empty="")
