"""The goals context in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import TracebackType
from typing import Self
from uuid import UUID

from services.goals.domain.contribution import Contribution
from services.goals.domain.goal import Goal
from services.goals.domain.repositories import GoalRepository
from services.goals.domain.savings import AccountBalance, AccountLink
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import AccountId, GoalId, UserId, new_uuid
from services.shared.domain.money import Money


class FakeGoals:
    """`GoalRepository` and `GoalReader`."""

    def __init__(self) -> None:
        self.kept: dict[GoalId, Goal] = {}
        self.linked: dict[GoalId, tuple[AccountLink, ...]] = {}
        self.entries: list[Contribution] = []
        self.personal: dict[UserId, dict[str, Decimal]] = {}

    async def add(self, goal: Goal) -> None:
        self.kept[goal.id] = goal

    async def get(self, goal_id: GoalId, user_id: UserId) -> Goal | None:
        goal = self.kept.get(goal_id)
        return goal if goal is not None and goal.user_id == user_id else None

    async def update(self, goal: Goal) -> None:
        assert goal.id in self.kept
        self.kept[goal.id] = goal

    async def remove(self, goal_id: GoalId, user_id: UserId) -> bool:
        goal = self.kept.get(goal_id)
        return goal is not None and goal.user_id == user_id and self.kept.pop(goal_id) is goal

    async def links(self, user_id: UserId) -> Mapping[GoalId, tuple[AccountLink, ...]]:
        return {goal_id: links for goal_id, links in self.linked.items() if self.kept[goal_id].user_id == user_id}

    async def set_links(self, goal_id: GoalId, links: Sequence[AccountLink]) -> None:
        self.linked[goal_id] = tuple(links)

    async def add_contribution(self, contribution: Contribution) -> None:
        self.entries.append(contribution)

    async def contributions(self, goal_id: GoalId, *, before: UUID | None, limit: int) -> Sequence[Contribution]:
        found = [one for one in reversed(self.entries) if one.goal_id == goal_id and (not before or one.id < before)]
        return found[:limit]

    async def personal_assumptions(self, user_id: UserId) -> dict[str, Decimal]:
        return dict(self.personal.get(user_id, {}))

    async def set_personal_assumptions(self, user_id: UserId, values: Mapping[str, Decimal]) -> None:
        self.personal[user_id] = dict(values)

    async def users_with_goals(self, *, after: UserId | None, limit: int) -> Sequence[UserId]:
        people = sorted({goal.user_id for goal in self.kept.values()})
        return [user_id for user_id in people if after is None or user_id > after][:limit]

    async def list(self, user_id: UserId) -> list[Goal]:
        mine = [goal for goal in self.kept.values() if goal.user_id == user_id]
        return sorted(mine, key=lambda goal: (goal.priority, goal.target_date, goal.created_at, goal.id))


class FakeUnitOfWork:
    """A unit of work that can be entered again and again; what was published stays."""

    def __init__(self) -> None:
        self.store = FakeGoals()
        self.goals: GoalRepository = self.store
        self.events: list[DomainEvent] = []
        self.published: list[DomainEvent] = []

    async def __aenter__(self) -> Self:
        self.events.clear()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.events.clear()

    def record(self, event: DomainEvent) -> None:
        self.events.append(event)

    async def commit(self) -> None:
        self.published.extend(self.events)


@dataclass
class FakeAccounts:
    """`AccountBalances` of one person."""

    balances: dict[AccountId, AccountBalance] = field(default_factory=dict)

    def open(self, balance: str, name: str = "HDFC savings", currency: str = "INR") -> AccountId:
        account_id = AccountId(new_uuid())
        self.set(account_id, balance, name, currency)
        return account_id

    def set(self, account_id: AccountId, balance: str, name: str = "HDFC savings", currency: str = "INR") -> None:
        self.balances[account_id] = AccountBalance(account_id, name, Money(Decimal(balance), currency))

    async def of(self, user_id: UserId) -> Mapping[AccountId, AccountBalance]:
        return self.balances
