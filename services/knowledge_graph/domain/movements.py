"""Money that moved, added up: the edges of the questions about flows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.knowledge_graph.domain.model import AccountNode, GoalNode
from services.shared.domain.ids import AccountId, GoalId
from services.shared.domain.money import Money

INCOME_CATEGORIES: Final = frozenset({"salary", "interest", "other_income"})
TRANSFER: Final = "transfer"
INVESTMENTS: Final = "investments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What one payee and category moved into or out of an account. `total` is above 0; `months` counts those with any.

    Refunds stand as money in under their own category.
    """

    account_id: AccountId
    category: str
    payee: str
    out: bool
    total: Money
    count: int
    months: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTransfer:
    """What went from one account of the person to another."""

    source: AccountId
    target: AccountId
    total: Money
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """A person's accounts and goals; `links` are the accounts that each goal requires."""

    accounts: tuple[AccountNode, ...] = ()
    goals: tuple[GoalNode, ...] = ()
    links: tuple[tuple[GoalId, AccountId], ...] = ()

    def account(self, account_id: AccountId) -> AccountNode | None:
        """The account of this id."""
        return next((account for account in self.accounts if account.id == account_id), None)

    def goal(self, goal_id: GoalId) -> GoalNode | None:
        """The goal of this id."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)

    def accounts_of(self, goal_id: GoalId) -> frozenset[AccountId]:
        """The accounts that the goal is linked to."""
        return frozenset(account for goal, account in self.links if goal == goal_id)

    def goals_of(self, account_id: AccountId) -> tuple[GoalNode, ...]:
        """The goals that are linked to the account."""
        linked = {goal for goal, account in self.links if account == account_id}
        return tuple(goal for goal in self.goals if goal.id in linked)


def is_income(movement: Movement) -> bool:
    """Whether it is money that the person earned."""
    return not movement.out and movement.category in INCOME_CATEGORIES


def is_spending(movement: Movement) -> bool:
    """Whether it is money that left the person's accounts for good: neither income nor a transfer."""
    return movement.out and movement.category not in INCOME_CATEGORIES and movement.category != TRANSFER


def total_of(movements: Iterable[Movement], currency: str) -> Money:
    """The sum of what is in this currency."""
    return Money.total((m.total for m in movements if m.total.currency == currency), currency)
