"""`nivesh tax`: income tax under both regimes, and the use of the tax-saving sections. Estimates, not advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.cli.session import Session
    from services.financial.application.tax.compare_tax_regimes import HintView, SectionUseView, TaxComparisonView

app = typer.Typer(help="Income tax: old against new regime, deductions. Estimates, not advice.", no_args_is_help=True)

Year = Annotated[str | None, typer.Option("--year", help="Financial year such as 2025-26; the running one without.")]
Age = Annotated[int, typer.Option(help="Age in years, at any time of the year.", min=0, max=130)]


@app.command()
def compare(
    salary: Annotated[str, typer.Argument(help="Gross salary of the year.")] = "0",
    other_income: Annotated[str, typer.Option(help="Interest and the like, no capital gains.")] = "0",
    basic: Annotated[str | None, typer.Option(help="Basic pay and dearness allowance, for HRA.")] = None,
    hra: Annotated[str, typer.Option(help="House rent allowance received.")] = "0",
    rent: Annotated[str, typer.Option(help="Rent paid.")] = "0",
    metro: Annotated[bool, typer.Option("--metro", help="The home is in a metro.")] = False,
    section_80c: Annotated[str | None, typer.Option("--80c", help="Paid towards 80C.")] = None,
    nps: Annotated[str | None, typer.Option("--nps", help="Own NPS, 80CCD(1B).")] = None,
    section_80d: Annotated[str | None, typer.Option("--80d", help="Health insurance, own family.")] = None,
    parents: Annotated[str | None, typer.Option("--80d-parents", help="Health insurance of parents.")] = None,
    section_24b: Annotated[str | None, typer.Option("--24b", help="Home loan interest.")] = None,
    age: Age = 30,
    year: Year = None,
    hints: Annotated[bool, typer.Option("--hints", help="Take hints from your records for what is not said.")] = False,
    as_json: AsJson = False,
) -> None:
    """The tax of a year under both regimes, e.g. nivesh tax compare 1800000 --80c 150000 --80d 25000."""
    typed = {
        "gross_salary": salary,
        "other_income": other_income,
        "basic": basic,
        "hra_received": hra,
        "rent_paid": rent,
        "section_80c": section_80c,
        "section_80ccd_1b": nps,
        "section_80d": section_80d,
        "section_80d_parents": parents,
        "section_24b": section_24b,
    }

    async def work(session: Session) -> None:
        from api.cli.tax_input import financial_year, income_year
        from services.financial.application.tax.compare_tax_regimes import CompareTaxRegimesRequest

        request = CompareTaxRegimesRequest(
            user_id=session.identity.user_id,
            income=income_year(typed, age, lives_in_metro=metro),
            financial_year=financial_year(year),
            use_hints=hints,
        )
        view = await session.application.finance.tax.compare_tax_regimes(request)
        if as_json:
            print_json(view)
            return
        _print_comparison(view)

    run(work)


@app.command()
def deductions(
    section_80c: Annotated[str | None, typer.Option("--80c", help="Paid towards 80C.")] = None,
    nps: Annotated[str | None, typer.Option("--nps", help="Own NPS, 80CCD(1B).")] = None,
    section_80d: Annotated[str | None, typer.Option("--80d", help="Health insurance, own family.")] = None,
    parents: Annotated[str | None, typer.Option("--80d-parents", help="Health insurance of parents.")] = None,
    section_24b: Annotated[str | None, typer.Option("--24b", help="Home loan interest.")] = None,
    age: Age = 30,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """What of 80C, 80CCD(1B), 80D and 24(b) is used and left; what is not said is hinted at by your records."""
    typed = {
        "section_80c": section_80c,
        "section_80ccd_1b": nps,
        "section_80d": section_80d,
        "section_80d_parents": parents,
        "section_24b": section_24b,
    }

    async def work(session: Session) -> None:
        from api.cli.tax_input import financial_year, income_year
        from services.financial.application.tax.get_deductions import GetDeductionsRequest

        request = GetDeductionsRequest(
            user_id=session.identity.user_id, income=income_year(typed, age), financial_year=financial_year(year)
        )
        view = await session.application.finance.tax.get_deductions(request)
        if as_json:
            print_json(view)
            return
        _print_sections(view.sections)
        say(f"{view.financial_year}: {view.left:f} INR could still be paid. {view.act}.", view.note)
        _say_hints(view.hints)

    run(work)


_STEPS = (
    ("Gross income", "gross_income"),
    ("Deductions", "deducted"),
    ("Total income", "total_income"),
    ("Tax by slabs", "slab_tax"),
    ("Rebate", "rebate"),
    ("Relief beyond the rebate", "rebate_relief"),
    ("Surcharge", "surcharge"),
    ("Cess", "cess"),
    ("Payable", "payable"),
)


def _print_comparison(view: TaxComparisonView) -> None:
    report = Report("", ">New regime", ">Old regime")
    for label, name in _STEPS:
        report.add(label, getattr(view.new, name), getattr(view.old, name))
    report.print(empty="")
    say(f"{view.financial_year}: the {view.better.value} regime costs {view.saving:f} less. {view.act}.", view.note)
    _say_hints(view.hints)


def _print_sections(sections: Sequence[SectionUseView]) -> None:
    report = Report("Section", ">Limit", ">Paid", ">Counts", ">Left", "From")
    for one in sections:
        report.add(one.section.value, one.limit, one.paid, one.used, one.left, one.basis.value)
    report.print(empty="")


def _say_hints(hints: Sequence[HintView]) -> None:
    say(*(f"Hint: {one.section.value} {one.payee} {one.amount:f}" for one in hints))
