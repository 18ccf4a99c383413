"""What the commands about goals share: which goal is meant, common options, what a result rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.cli.report import say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.goals.application.planning.assumptions_used import AssumptionsUsed
    from services.goals.domain.goal import Goal
    from services.shared.domain.ids import AccountId

DAY: Final = "%Y-%m-%d"
Which = Annotated[str, typer.Argument(help="The goal's name or part of it, or its id.")]
StepUp = Annotated[str | None, typer.Option("--step-up", help="How much more each year, percent.")]
Monthly = Annotated[str | None, typer.Option("--monthly", help="Added each month.")]


async def meant(session: Session, wanted: str) -> Goal:
    """The goal that the words fit."""
    from services.goals.application.find_goal import FindGoalRequest

    return await session.application.goals.find_goal(FindGoalRequest(user_id=session.identity.user_id, wanted=wanted))


async def account(session: Session, name: str) -> AccountId:
    """The account of this name, in any letter case; InvalidInputError when there is none."""
    from services.financial.application.list_accounts import ListAccountsRequest
    from services.shared.domain.errors import InvalidInputError

    view = await session.application.finance.list_accounts(ListAccountsRequest(user_id=session.identity.user_id))
    for one in view.accounts:
        if one.name.casefold() == name.strip().casefold():
            return one.account_id
    names = ", ".join(one.name for one in view.accounts) or "none"
    raise InvalidInputError(f"There is no account '{name}'. There are: {names}.")


def footnotes(as_of: object, used: AssumptionsUsed, left_out: Sequence[str]) -> None:
    """Say when a result holds, what it assumes and what it leaves out."""
    own = ", ".join(f"{figure.name} {figure.value:f}" for figure in used.figures if figure.personal)
    whose = f", with your own {own}" if own else ""
    say(f"As of {as_of}, by the assumptions {used.version}{whose} (nivesh goals assumptions).", *left_out)
