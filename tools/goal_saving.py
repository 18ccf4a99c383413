"""Tools that set money aside for goals, link accounts to them, and change what their plans assume."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.goals.application.link_accounts import LinkAccountsRequest
from services.goals.application.planning.get_assumptions import AssumptionsView, GetAssumptionsRequest
from services.goals.application.planning.set_assumptions import SetAssumptionsRequest, personal_after
from services.goals.application.record_contribution import RecordContributionRequest
from services.goals.application.use_cases import GoalsUseCases
from services.goals.domain.contribution import MAX_NOTE_LENGTH
from services.goals.domain.savings import MAX_LINKS, WHOLE, AccountLink
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, GoalId
from services.shared.domain.written import written
from tools.arguments import Amount, Percent
from tools.goal_changes import known
from tools.goals import GoalRef, GoalResult, goal_result, meant
from tools.tool import Effect, Preview, Tool, ToolArguments

FigureName = Annotated[str, Field(max_length=60)]


class ContributionArguments(ToolArguments):
    """Which goal, how much, when."""

    goal: GoalRef
    amount: Amount = Field(gt=0, description="set aside, or taken back with take_back")
    take_back: bool = Field(default=False, description="true to take money back out")
    made_on: date | None = Field(default=None, description="YYYY-MM-DD; today without it")
    note: str | None = Field(default=None, min_length=1, max_length=MAX_NOTE_LENGTH)


class LinkedAccount(ToolArguments):
    """An account, and how much of its balance counts."""

    account_id: UUID = Field(description="account_id from list_accounts")
    share_percent: Percent = Field(default=WHOLE, gt=0, le=100)


class LinkArguments(ToolArguments):
    """Which goal, and exactly the accounts that count towards it."""

    goal: GoalRef
    accounts: tuple[LinkedAccount, ...] = Field(max_length=MAX_LINKS, description="none unlinks all")


class AssumptionArguments(ToolArguments):
    """One assumption, by its name from list_assumptions."""

    name: FigureName = Field(description="such as equity.expected_return_percent or life_expectancy_years")
    value: Percent | None = Field(default=None, description="the person's own figure; without it the program's again")


def goal_saving_tools(goals: GoalsUseCases) -> list[Tool[Any]]:
    """Tools that change what is saved and what is assumed."""
    return [_contribute(goals), _link(goals), _assume(goals)]


def _contribute(goals: GoalsUseCases) -> Tool[ContributionArguments]:
    async def run(identity: Identity, wanted: ContributionArguments) -> GoalResult:
        goal = await meant(goals, identity, wanted.goal)
        view = await goals.record_contribution(_contribution(identity, goal.id, wanted))
        return goal_result(view.goal)

    async def preview(identity: Identity, wanted: ContributionArguments) -> Preview:
        goal = (await known(goals, identity, wanted.goal)).goal
        made, after = goals.record_contribution.draft(goal, _contribution(identity, goal.id, wanted))
        verb = "Take back" if wanted.take_back else "Set aside"
        before_after = [written(one.saved_amount.amount, goal.currency) for one in (goal, after)]
        return Preview(
            f"{verb} {written(wanted.amount, goal.currency)} for '{goal.name}'. No money is moved; it is recorded.",
            (("On", made.made_on.isoformat()), ("Set aside", " → ".join(before_after))),
        )

    return Tool(
        name="contribute_to_goal",
        description="Record money set aside for a goal, or taken back. It moves no money.",
        arguments=ContributionArguments,
        run=run,
        preview=preview,
        scope="goals:write",
        effect=Effect.WRITE,
    )


def _link(goals: GoalsUseCases) -> Tool[LinkArguments]:
    async def run(identity: Identity, wanted: LinkArguments) -> GoalResult:
        goal = await meant(goals, identity, wanted.goal)
        return goal_result(await goals.link_accounts(_links(identity, goal.id, wanted)))

    async def preview(identity: Identity, wanted: LinkArguments) -> Preview:
        before = await known(goals, identity, wanted.goal)
        request = _links(identity, before.goal.id, wanted)
        draft = await goals.link_accounts.draft(request)
        currency = before.goal.currency
        accounts = tuple(
            (account.name, f"{link.share_percent:f}% of {written(account.balance.amount, currency)}")
            for account, link in zip(draft.accounts, request.links, strict=True)
        )
        totals = [written(view.savings.total.amount, currency) for view in (before, draft.goal)]
        names = ", ".join(account.name for account in draft.accounts) or "no account"
        return Preview(
            f"From now on {names} will count towards '{before.goal.name}', and no other account.",
            (*accounts, ("Saved in all", " → ".join(totals))),
        )

    return Tool(
        name="link_goal_accounts",
        description="Have exactly these accounts' balances count towards a goal, wholly or by a share.",
        arguments=LinkArguments,
        run=run,
        preview=preview,
        scope="goals:write",
        effect=Effect.WRITE,
    )


def _assume(goals: GoalsUseCases) -> Tool[AssumptionArguments]:
    async def run(identity: Identity, wanted: AssumptionArguments) -> AssumptionsView:
        return await goals.planning.set_assumptions(_assumption(identity, wanted))

    async def preview(identity: Identity, wanted: AssumptionArguments) -> Preview:
        view = await goals.planning.get_assumptions(GetAssumptionsRequest(user_id=identity.user_id))
        figures = {figure.name: figure for figure in view.figures}
        kept = {figure.name: figure.value for figure in view.figures if figure.personal}
        after = personal_after(kept, _assumption(identity, wanted))
        figure = figures[wanted.name]
        value = after.get(wanted.name, figure.default)
        return Preview(
            f"Assume {wanted.name} = {value:f} in all your plans, in place of {figure.value:f}.",
            (("The program's own", f"{figure.default:f}"), ("Its source", figure.source)),
        )

    return Tool(
        name="set_assumptions",
        description="Put the person's own figure in the place of one assumption of all plans, or take it back.",
        arguments=AssumptionArguments,
        run=run,
        preview=preview,
        scope="goals:write",
        effect=Effect.WRITE,
    )


def _contribution(identity: Identity, goal_id: GoalId, wanted: ContributionArguments) -> RecordContributionRequest:
    amount: Decimal = -wanted.amount if wanted.take_back else wanted.amount
    return RecordContributionRequest(
        user_id=identity.user_id, goal_id=goal_id, amount=amount, made_on=wanted.made_on, note=wanted.note
    )


def _links(identity: Identity, goal_id: GoalId, wanted: LinkArguments) -> LinkAccountsRequest:
    links = tuple(AccountLink(AccountId(one.account_id), one.share_percent) for one in wanted.accounts)
    return LinkAccountsRequest(user_id=identity.user_id, goal_id=goal_id, links=links)


def _assumption(identity: Identity, wanted: AssumptionArguments) -> SetAssumptionsRequest:
    return SetAssumptionsRequest(user_id=identity.user_id, values={wanted.name: wanted.value})
