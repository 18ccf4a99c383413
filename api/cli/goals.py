"""`nivesh goals`: set goals, see where they stand, set money aside."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import goal_money, goal_plans
from api.cli.goal_lookup import DAY, Which, account, meant
from api.cli.report import AsJson, Report, print_json, run, say
from services.goals.domain.goal import GoalType

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.goals.application.goal_view import GoalView

app = typer.Typer(help="Goals: what they take, how likely they are, where they stand.", no_args_is_help=True)
goal_plans.add_to(app)
goal_money.add_to(app)

Day = Annotated[datetime | None, typer.Option("--by", formats=[DAY], help="Its day, YYYY-MM-DD.")]


@app.command("list")
def list_goals(as_json: AsJson = False) -> None:
    """The goals, by priority, then the nearest day."""

    async def work(session: Session) -> None:
        from services.goals.application.list_goals import ListGoalsRequest
        from tools.goals import GoalsResult, goal_result

        view = await session.application.goals.list_goals(ListGoalsRequest(user_id=session.identity.user_id))
        result = GoalsResult(view.as_of, tuple(goal_result(goal) for goal in view.goals))
        if as_json:
            print_json(result)
            return
        report = Report("Name", "Type", "State", ">Target", "By", ">Saved", ">%", ">Monthly", ">Planned", ">Priority")
        for goal in result.goals:
            report.add(
                goal.name,
                goal.goal_type,
                goal.state,
                goal.target_amount,
                goal.target_date,
                goal.saved_amount,
                goal.progress_percent,
                goal.required_monthly,
                goal.monthly_contribution,
                goal.priority,
            )
        report.print(
            empty="No goals. Set one with: nivesh goals add NAME --type travel --amount 150000 --by 2028-03-31"
        )
        say(f"As of {result.as_of}. 'Monthly' assumes no return and no inflation; nivesh goals plan NAME assumes both.")

    run(work)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What you call it.")],
    target: Annotated[str, typer.Option("--amount", help="What it costs at today's prices.")],
    by: Annotated[datetime, typer.Option("--by", formats=[DAY], help="Its day, YYYY-MM-DD.")],
    goal_type: Annotated[GoalType, typer.Option("--type", help="What it is for.")] = GoalType.CUSTOM,
    saved: Annotated[str, typer.Option(help="Set aside already.")] = "0",
    monthly: Annotated[str | None, typer.Option(help="What you mean to add each month.")] = None,
    step_up: Annotated[str, typer.Option(help="How much more each year, percent.")] = "0",
    priority: Annotated[int, typer.Option(min=1, max=5, help="1 is first.")] = 3,
    fixed: Annotated[bool, typer.Option("--fixed", help="The amount does not rise with prices.")] = False,
    as_json: AsJson = False,
) -> None:
    """Set a goal."""

    async def work(session: Session) -> None:
        from services.goals.application.create_goal import CreateGoalRequest
        from services.goals.presentation.amounts import number, optional_number
        from services.shared.domain.money import Money

        planned = optional_number("monthly", monthly)
        request = CreateGoalRequest(
            user_id=session.identity.user_id,
            name=name,
            goal_type=goal_type,
            target_amount=Money(number("amount", target)),
            target_date=by.date(),
            saved_amount=Money(number("saved", saved)),
            priority=priority,
            inflation_adjusted=False if fixed else None,
            monthly_contribution=Money(planned) if planned else None,
            step_up_percent=number("step-up", step_up),
        )
        _told(await session.application.goals.create_goal(request), as_json)

    run(work)


@app.command()
def update(
    goal: Which,
    name: Annotated[str | None, typer.Option(help="A new name.")] = None,
    target: Annotated[str | None, typer.Option("--amount", help="A new amount, at today's prices.")] = None,
    by: Day = None,
    saved: Annotated[str | None, typer.Option(help="What is set aside, apart from linked accounts.")] = None,
    monthly: Annotated[str | None, typer.Option(help="What you mean to add each month.")] = None,
    step_up: Annotated[str | None, typer.Option(help="How much more each year, percent.")] = None,
    priority: Annotated[int | None, typer.Option(min=1, max=5, help="1 is first.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change a goal; what is not given stays."""

    async def work(session: Session) -> None:
        from services.goals.application.update_goal import UpdateGoalRequest
        from services.goals.presentation.amounts import optional_number

        found = await meant(session, goal)
        request = UpdateGoalRequest(
            user_id=session.identity.user_id,
            goal_id=found.id,
            name=name,
            target_amount=optional_number("amount", target),
            target_date=by.date() if by else None,
            saved_amount=optional_number("saved", saved),
            priority=priority,
            monthly_contribution=optional_number("monthly", monthly),
            step_up_percent=optional_number("step-up", step_up),
        )
        _told(await session.application.goals.update_goal(request), as_json)

    run(work)


@app.command()
def contribute(
    goal: Which,
    money: Annotated[str, typer.Argument(metavar="AMOUNT", help="What is set aside.")],
    back: Annotated[bool, typer.Option("--back", help="Take it back out instead.")] = False,
    note: Annotated[str | None, typer.Option(help="What it was.")] = None,
    as_json: AsJson = False,
) -> None:
    """Record money set aside for a goal. No money is moved."""

    async def work(session: Session) -> None:
        from services.goals.application.record_contribution import RecordContributionRequest
        from services.goals.presentation.amounts import number

        found = await meant(session, goal)
        size = number("AMOUNT", money)
        request = RecordContributionRequest(
            user_id=session.identity.user_id, goal_id=found.id, amount=-size if back else size, note=note
        )
        _told((await session.application.goals.record_contribution(request)).goal, as_json)

    run(work)


@app.command()
def link(
    goal: Which,
    accounts: Annotated[
        list[str] | None, typer.Argument(help="Names of accounts, each with a share if not all: 'HDFC savings=50'.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Have exactly these accounts count towards a goal; none unlinks all."""

    async def work(session: Session) -> None:
        from services.goals.application.link_accounts import LinkAccountsRequest
        from services.goals.domain.savings import AccountLink
        from services.goals.presentation.amounts import number

        found = await meant(session, goal)
        links = []
        for text in accounts or []:
            name, _, share = text.partition("=")
            links.append(AccountLink(await account(session, name), number("share", share or "100")))
        request = LinkAccountsRequest(user_id=session.identity.user_id, goal_id=found.id, links=tuple(links))
        _told(await session.application.goals.link_accounts(request), as_json)

    run(work)


@app.command()
def delete(goal: Which, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Give a goal up, with its record of contributions."""

    async def work(session: Session) -> None:
        from services.goals.application.delete_goal import DeleteGoalRequest

        found = await meant(session, goal)
        if not yes:
            await asyncio.to_thread(typer.confirm, f"Give up '{found.name}'?", abort=True)
        await session.application.goals.delete_goal(
            DeleteGoalRequest(user_id=session.identity.user_id, goal_id=found.id)
        )
        say(f"'{found.name}' is given up.")

    run(work)


def _told(view: GoalView, as_json: bool) -> None:
    from tools.goals import goal_result

    result = goal_result(view)
    if as_json:
        print_json(result)
        return
    report = Report("Name", "State", ">Target", "By", ">Saved", ">%", ">Planned")
    report.add(
        result.name,
        result.state,
        result.target_amount,
        result.target_date,
        result.saved_amount,
        result.progress_percent,
        result.monthly_contribution,
    )
    report.print(empty="")
