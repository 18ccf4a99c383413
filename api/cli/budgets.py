"""`nivesh finance budgets`: how much a person means to spend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.financial.domain.category import Category
    from services.financial.domain.period import Month

app = typer.Typer(help="Budgets by category, with rollover and alerts.", no_args_is_help=True)

MonthName = Annotated[str | None, typer.Option("--month", help="YYYY-MM; the newest record's without it.")]
CategoryName = Annotated[str, typer.Argument(help="A category of spending, such as groceries.")]


@app.command("list")
def list_budgets(month: MonthName = None, as_json: AsJson = False) -> None:
    """Every budget in a month: what it allows, what was spent, what is left."""

    async def work(session: Session) -> None:
        from services.financial.application.budgets.get_budgets import GetBudgetsRequest

        request = GetBudgetsRequest(user_id=session.identity.user_id, month=_month(month))
        view = await session.application.finance.budgets.get_budgets(request)
        if as_json:
            print_json(view)
            return
        report = Report("Category", ">Limit", ">Carried over", ">Spent", ">Left", ">Used %", "", title=view.month)
        for one in view.budgets:
            cells = (one.limit, one.carried_over, one.spent, one.remaining, one.used_percent)
            report.add(one.category.value, *cells, one.level)
        report.print(empty="No budgets. Set one with: nivesh finance budgets set groceries 12000")
        say(f"{view.month}, records up to {view.as_of}; {view.spent_without_budget} spent without a budget.")

    run(work)


@app.command("set")
def set_budget(
    category: CategoryName,
    amount: Annotated[str, typer.Argument(help="How much for each month, such as 12000.")],
    month: MonthName = None,
    rollover: Annotated[str | None, typer.Option(help="Of a month's rest: none, unused or all.")] = None,
    alert: Annotated[int | None, typer.Option(help="Alert when that many percent are spent.", min=1, max=100)] = None,
) -> None:
    """Set a budget, or change it from a month on."""

    async def work(session: Session) -> None:
        from services.financial.application.budgets.set_budget import SetBudgetRequest
        from services.financial.domain.budgets.budget import Rollover
        from services.shared.domain.money import Money

        if rollover is not None and rollover not in set(Rollover):
            raise typer.BadParameter(f"'{rollover}' is not one of none, unused, all.")
        request = SetBudgetRequest(
            user_id=session.identity.user_id,
            category=_category(category),
            amount=Money.parse(amount),
            month=_month(month),
            rollover=Rollover(rollover) if rollover else None,
            alert_percent=alert,
        )
        view = await session.application.finance.budgets.set_budget(request)
        say(
            f"{view.limit} {view.currency} a month for {view.category} from {view.month} on; {view.spent} spent so far."
        )

    run(work)


@app.command("delete")
def delete_budget(category: CategoryName) -> None:
    """Give a budget up, with its history and alerts."""

    async def work(session: Session) -> None:
        from services.financial.application.budgets.delete_budget import DeleteBudgetRequest

        request = DeleteBudgetRequest(user_id=session.identity.user_id, category=_category(category))
        await session.application.finance.budgets.delete_budget(request)
        say("Deleted.")

    run(work)


@app.command("alerts")
def list_alerts(as_json: AsJson = False) -> None:
    """Alerts that budgets gave, newest first."""

    async def work(session: Session) -> None:
        from services.financial.application.budgets.list_budget_alerts import ListBudgetAlertsRequest

        request = ListBudgetAlertsRequest(user_id=session.identity.user_id)
        view = await session.application.finance.budgets.list_alerts(request)
        if as_json:
            print_json(view)
            return
        report = Report("Month", "Category", "Level", ">Spent", ">Available", "Given")
        for one in view.alerts:
            given = f"{one.raised_at:%Y-%m-%d %H:%M}"
            report.add(one.month, one.category.value, one.level, one.spent, one.available, given)
        report.print(empty="No alerts.")

    run(work)


def _month(text: str | None) -> Month | None:
    from services.financial.domain.period import Month

    return Month.parse(text) if text else None


def _category(text: str) -> Category:
    from services.financial.domain.category import Category

    if text not in set(Category):
        raise typer.BadParameter(f"'{text}' is not a category. There are: {', '.join(sorted(Category))}.")
    return Category(text)
