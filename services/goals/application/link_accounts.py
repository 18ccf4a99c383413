"""Have accounts count towards a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.goals.application.account_balances import AccountBalances
from services.goals.application.goal_view import GoalView
from services.goals.application.settlement import Balances, settle_one
from services.goals.application.unit_of_work import GoalsUnitOfWork, GoalsUnitOfWorkFactory
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.events import GoalAccountsLinked
from services.goals.domain.goal import Goal
from services.goals.domain.savings import AccountBalance, AccountLink, require_links
from services.shared.domain.clock import Clock
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.ids import GoalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAccountsRequest:
    """Exactly these accounts are to count; none unlinks all."""

    user_id: UserId
    goal_id: GoalId
    links: tuple[AccountLink, ...]


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """The goal as it would be, and the accounts that would count, in the order of the links."""

    goal: GoalView
    accounts: tuple[AccountBalance, ...]


class LinkAccounts:
    """Command: keep the links, publish `GoalAccountsLinked` and where the goal stands if that has changed."""

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, accounts: AccountBalances, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._accounts = accounts
        self._clock = clock

    async def __call__(self, request: LinkAccountsRequest) -> GoalView:
        """GoalNotFoundError, NotFoundError for an account that is not the caller's, InvalidInputError for shares."""
        balances = await self._accounts.of(request.user_id)
        async with self._unit_of_work() as unit:
            view = await self._link(unit, request, balances)
            await unit.commit()
        return view

    async def draft(self, request: LinkAccountsRequest) -> LinkDraft:
        """What the command would do, undone again; raises as the command does."""
        balances = await self._accounts.of(request.user_id)
        async with self._unit_of_work() as unit:
            view = await self._link(unit, request, balances)
        return LinkDraft(view, tuple(balances[link.account_id] for link in request.links))

    async def _link(self, unit: GoalsUnitOfWork, request: LinkAccountsRequest, balances: Balances) -> GoalView:
        # All goals are locked, so that two requests cannot give the same share of an account away.
        goals = {goal.id: goal for goal in await unit.goals.list(request.user_id)}
        goal = goals.get(request.goal_id)
        if goal is None:
            raise GoalNotFoundError
        known = await unit.goals.links(request.user_id)
        require_links(request.links, [link for other in known if other != goal.id for link in known[other]])
        require_usable(goal, request.links, balances)
        await keep_links(unit, goal, request.links, self._clock)
        return await settle_one(unit, goal, balances, self._clock)


def require_usable(goal: Goal, links: Sequence[AccountLink], balances: Balances) -> None:
    """NotFoundError for an account that is not there, InvalidInputError for one in another currency than the goal."""
    for link in links:
        account = balances.get(link.account_id)
        if account is None:
            raise NotFoundError(f"There is no account {link.account_id} among yours. List them with GET /accounts.")
        if account.balance.currency != goal.currency:
            raise InvalidInputError(
                f"{account.name} is in {account.balance.currency} and the goal in {goal.currency}; without a rate it "
                "cannot count. Link an account in the goal's currency."
            )


async def keep_links(unit: GoalsUnitOfWork, goal: Goal, links: Sequence[AccountLink], clock: Clock) -> None:
    """Have exactly these accounts count towards the goal, and tell of it."""
    await unit.goals.set_links(goal.id, links)
    unit.record(
        GoalAccountsLinked(
            user_id=goal.user_id,
            occurred_at=clock.now(),
            goal_id=goal.id,
            account_ids=tuple(link.account_id for link in links),
        )
    )
