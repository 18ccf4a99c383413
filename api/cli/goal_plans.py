"""`nivesh goals plan|simulate|what-if`: what one goal takes, how likely it is, what if."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.cli.goal_lookup import DAY, Monthly, StepUp, Which, footnotes, meant
from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session


def add_to(app: typer.Typer) -> None:
    """Add the commands to `nivesh goals`."""
    app.command()(plan)
    app.command()(simulate)
    app.command("what-if")(what_if)


def plan(goal: Which, step_up: StepUp = None, as_json: AsJson = False) -> None:
    """What a goal takes, with assumed returns and inflation."""

    async def work(session: Session) -> None:
        from services.goals.application.planning.plan_goal import PlanGoalRequest
        from services.goals.presentation.amounts import optional_number

        found = await meant(session, goal)
        request = PlanGoalRequest(
            user_id=session.identity.user_id,
            goal_id=found.id,
            step_up_percent=optional_number("--step-up", step_up),
        )
        view = await session.application.goals.planning.plan_goal(request)
        if as_json:
            print_json(view)
            return
        report = Report("", f">{view.currency}", title=f"{view.name}, by {view.target_date} ({view.state})")
        report.add("Costs on that day", view.target_on_date)
        report.add("Saved now", view.saved_amount)
        report.add("Savings grow to", view.savings_on_date)
        report.add("Missing then", view.gap_on_date)
        report.add("Takes each month, level", view.required_monthly)
        report.add(f"Takes each month, {view.step_up_percent:f}% more a year", view.required_monthly_stepped)
        report.add("Or once, today", view.required_lump_sum)
        report.add("Planned each month", view.planned_monthly)
        report.add("Projected on that day", view.projected_on_date)
        report.add("Short by", view.shortfall_on_date)
        report.print(empty="")
        first = view.glide_path[0]
        say(
            f"Invest now: {first.equity_percent:f}% equity, {first.debt_percent:f}% debt, "
            f"{first.gold_percent:f}% gold, {first.cash_percent:f}% cash. {view.glide_path_about}"
        )
        footnotes(view.as_of, view.assumptions, view.left_out)

    run(work)


def simulate(
    goal: Which,
    monthly: Monthly = None,
    step_up: StepUp = None,
    seed: Annotated[int | None, typer.Option(help="Another set of futures.")] = None,
    as_json: AsJson = False,
) -> None:
    """How likely a goal is, by thousands of simulated futures."""

    async def work(session: Session) -> None:
        from services.goals.application.planning.simulate_goal import SimulateGoalRequest
        from services.goals.domain.planning.simulation import DEFAULT_SEED
        from services.goals.presentation.amounts import optional_number

        found = await meant(session, goal)
        request = SimulateGoalRequest(
            user_id=session.identity.user_id,
            goal_id=found.id,
            monthly_contribution=optional_number("--monthly", monthly),
            step_up_percent=optional_number("--step-up", step_up),
            seed=DEFAULT_SEED if seed is None else seed,
        )
        view = await session.application.goals.planning.simulate_goal(request)
        if as_json:
            print_json(view)
            return
        report = Report("On", ">10%", ">25%", ">50%", ">75%", ">90%", title=f"{view.name}: what there may be")
        for point in view.fan:
            report.add(point.date, point.p10, point.p25, point.p50, point.p75, point.p90)
        report.print(empty="The day has come, so there is nothing to simulate.")
        say(
            f"Probability to have {view.target_on_date} {view.currency} by {view.target_date}: "
            f"{view.probability_percent}% ± {view.standard_error_percent} ({view.paths} futures, seed {view.seed}).",
            f"With {view.monthly_contribution} {view.currency} each month, {view.step_up_percent:f}% more each year.",
        )
        footnotes(view.as_of, view.assumptions, view.left_out)

    run(work)


def what_if(
    goal: Which,
    amount: Annotated[str | None, typer.Option(help="Another amount, at today's prices.")] = None,
    by: Annotated[datetime | None, typer.Option(formats=[DAY], help="Another day, YYYY-MM-DD.")] = None,
    returns: Annotated[str | None, typer.Option("--return", help="Another return a year, percent.")] = None,
    monthly: Monthly = None,
    step_up: StepUp = None,
    lump_sum: Annotated[str | None, typer.Option(help="Added today, once.")] = None,
    as_json: AsJson = False,
) -> None:
    """A goal before and after a change, side by side. Nothing is changed."""

    async def work(session: Session) -> None:
        from services.goals.application.planning.what_if_goal import WhatIfGoalRequest
        from services.goals.presentation.amounts import optional_number

        found = await meant(session, goal)
        request = WhatIfGoalRequest(
            user_id=session.identity.user_id,
            goal_id=found.id,
            target_amount=optional_number("--amount", amount),
            target_date=by.date() if by else None,
            expected_return_percent=optional_number("--return", returns),
            monthly_contribution=optional_number("--monthly", monthly),
            step_up_percent=optional_number("--step-up", step_up),
            lump_sum=optional_number("--lump-sum", lump_sum),
        )
        view = await session.application.goals.planning.what_if_goal(request)
        if as_json:
            print_json(view)
            return
        before, after, change = view.before, view.after, view.difference
        report = Report("", ">Before", ">After", ">Difference", title=f"{view.name}, {view.currency}")
        report.add("Day", before.target_date, after.target_date, f"{change.months_left:+} months")
        for label, name in _COMPARED:
            report.add(label, getattr(before, name), getattr(after, name), getattr(change, name))
        report.print(empty="")
        say(f"Probabilities ± {after.standard_error_percent} percent; both sides meet the same {view.paths} futures.")
        footnotes(view.as_of, view.assumptions, view.left_out)

    run(work)


_COMPARED: Final = (
    ("Costs on that day", "target_on_date"),
    ("Takes each month", "required_monthly"),
    ("Projected", "projected_on_date"),
    ("Short by", "shortfall_on_date"),
    ("Probability, %", "probability_percent"),
)
