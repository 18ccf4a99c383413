"""`nivesh goals allocate|retire|assumptions`: one surplus over all goals, retirement, what plans assume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.goal_lookup import Monthly, StepUp, footnotes
from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.goals.application.planning.plan_retirement import RetirementView


def add_to(app: typer.Typer) -> None:
    """Add the commands to `nivesh goals`."""
    app.command()(allocate)
    app.command()(retire)
    app.command()(assumptions)


def allocate(
    surplus: Annotated[str, typer.Argument(help="What is left over each month.")],
    unit: Annotated[str, typer.Option(help="Shares are multiples of it.")] = "1",
    as_json: AsJson = False,
) -> None:
    """Spread one monthly surplus over the goals by priority."""

    async def work(session: Session) -> None:
        from services.goals.application.planning.allocate_surplus import AllocateSurplusRequest
        from services.goals.presentation.amounts import number
        from services.shared.domain.money import Money

        request = AllocateSurplusRequest(
            user_id=session.identity.user_id, surplus=Money(number("SURPLUS", surplus)), unit=number("--unit", unit)
        )
        view = await session.application.goals.planning.allocate_surplus(request)
        if as_json:
            print_json(view)
            return
        report = Report("Goal", ">Priority", "By", ">Takes", ">Gets", ">Missing", ">%")
        for one in view.goals:
            report.add(
                one.name,
                one.priority,
                one.target_date,
                one.required_monthly,
                one.allocated,
                one.missing,
                one.funded_percent,
            )
        report.print(empty="No goals to spread it over.")
        say(
            f"{view.allocated} of {view.surplus} {view.currency} is spread, {view.unallocated} stays over.",
            view.objective,
        )
        footnotes(view.as_of, view.assumptions, view.left_out)

    run(work)


def retire(
    age: Annotated[int, typer.Option(help="Your age.")],
    at: Annotated[int, typer.Option(help="The age at which to stop working.")],
    expenses: Annotated[str, typer.Option(help="What life costs a month, at today's prices.")],
    saved: Annotated[str | None, typer.Option(help="Saved for it; by the retirement goals unless given.")] = None,
    monthly: Monthly = None,
    step_up: StepUp = None,
    pension: Annotated[str, typer.Option(help="Pension or rent a month, rising with prices.")] = "0",
    as_json: AsJson = False,
) -> None:
    """Can I retire at that age?"""

    async def work(session: Session) -> None:
        from services.goals.application.planning.plan_retirement import PlanRetirementRequest
        from services.goals.presentation.amounts import number
        from services.shared.domain.money import Money

        request = PlanRetirementRequest(
            user_id=session.identity.user_id,
            age=age,
            retire_at=at,
            monthly_expenses=Money(number("--expenses", expenses)),
            saved=Money(number("--saved", saved)) if saved else None,
            monthly_contribution=Money(number("--monthly", monthly or "0")),
            step_up_percent=number("--step-up", step_up or "0"),
            monthly_pension=Money(number("--pension", pension)),
        )
        view = await session.application.goals.planning.plan_retirement(request)
        if as_json:
            print_json(view)
            return
        _show_retirement(view)

    run(work)


def _show_retirement(view: RetirementView) -> None:
    answer = "yes" if view.can_retire else "not with what is planned"
    report = Report("", f">{view.currency}", title=f"Retire at {view.retire_at}: {answer}")
    report.add("Expenses each month then", view.expenses_at_retirement)
    report.add("Takes", view.corpus_required)
    report.add("… at today's prices", view.corpus_today)
    report.add("Saved now", view.saved)
    report.add("Projected then", view.projected_corpus)
    report.add("Short by", view.gap)
    report.add("Takes each month, level", view.required_monthly)
    report.add(f"Takes each month, {view.step_up_percent:f}% more a year", view.required_monthly_stepped)
    report.print(empty="")
    earliest = "at no age" if view.earliest_age is None else f"at {view.earliest_age}"
    say(
        f"With what is planned you could retire {earliest} first; retiring at {view.retire_at}, the money lasts "
        f"until {view.lasts_until_age} (plans reach to {view.until_age}).",
        f"Probability that it lasts: {view.probability_percent}% ± {view.standard_error_percent} "
        f"({view.paths} futures, seed {view.seed}).",
    )
    footnotes(view.as_of, view.assumptions, view.left_out)


def assumptions(
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help="NAME=VALUE puts your own figure in its place; NAME= takes it back."),
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Drop all of your own first.")] = False,
    as_json: AsJson = False,
) -> None:
    """What plans assume, and where it comes from."""

    async def work(session: Session) -> None:
        from services.goals.application.planning.get_assumptions import GetAssumptionsRequest
        from services.goals.application.planning.set_assumptions import SetAssumptionsRequest
        from services.goals.presentation.amounts import optional_number

        planning, user_id = session.application.goals.planning, session.identity.user_id
        if changes or reset:
            parts = [change.partition("=") for change in changes or []]
            values = {name: optional_number(name, text or None) for name, _, text in parts}
            view = await planning.set_assumptions(SetAssumptionsRequest(user_id=user_id, values=values, reset=reset))
        else:
            view = await planning.get_assumptions(GetAssumptionsRequest(user_id=user_id))
        if as_json:
            print_json(view)
            return
        report = Report("Name", ">Value", "Whose", "Source", title=f"Assumptions {view.version}")
        for figure in view.figures:
            report.add(figure.name, figure.value, "yours" if figure.personal else "program's", figure.source)
        report.print(empty="")

    run(work)
