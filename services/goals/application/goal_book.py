"""A person's goals together with what is saved for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.goals.application.account_balances import AccountBalances
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.goal import Goal
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.default_assumptions import default_assumptions
from services.goals.domain.repositories import GoalReader
from services.goals.domain.savings import AccountLink, Savings, savings_of
from services.shared.domain.ids import GoalId, UserId


@dataclass(frozen=True, slots=True)
class BookedGoal:
    """A goal and what counts as saved for it."""

    goal: Goal
    links: tuple[AccountLink, ...]
    savings: Savings


class GoalBook:
    """Reads goals for queries; accounts are asked for only when some are linked."""

    def __init__(self, goals: GoalReader, accounts: AccountBalances) -> None:
        self._goals = goals
        self._accounts = accounts

    async def one(self, user_id: UserId, goal_id: GoalId) -> BookedGoal:
        """GoalNotFoundError unless it is the caller's."""
        goal = await self._goals.get(goal_id, user_id)
        if goal is None:
            raise GoalNotFoundError
        (booked,) = await self._booked(user_id, [goal])
        return booked

    async def all(self, user_id: UserId) -> list[BookedGoal]:
        """The caller's goals: by priority, then the nearest day, then age."""
        return await self._booked(user_id, await self._goals.list(user_id))

    async def assumptions(self, user_id: UserId) -> Assumptions:
        """What the caller's plans assume: the figures of the program with the caller's own in their place."""
        return assumptions_with(await self._goals.personal_assumptions(user_id))

    async def _booked(self, user_id: UserId, goals: list[Goal]) -> list[BookedGoal]:
        links = await self._goals.links(user_id) if goals else {}
        balances = await self._accounts.of(user_id) if links else {}
        return [
            BookedGoal(goal, links.get(goal.id, ()), savings_of(goal, links.get(goal.id, ()), balances))
            for goal in goals
        ]


def assumptions_with(personal: Mapping[str, Decimal]) -> Assumptions:
    """The program's assumptions with a person's own in their place; kept ones that this version lacks do not count."""
    default = default_assumptions()
    return default.with_personal({name: value for name, value in personal.items() if name in default.figures})
