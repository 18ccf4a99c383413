"""The graph's own model of a person's money: what the nodes and relations of one subgraph are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID, uuid5

from services.shared.domain.events import Json
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId
from services.shared.domain.money import Money, minor_unit

Version = NewType("Version", str)
"""Which of two events about one thing is the later one: versions compare as text."""


class NodeKind(StrEnum):
    """Labels of nodes. Every node belongs to one person, categories too: they may bear names of a person's own."""

    USER = "User"
    ACCOUNT = "Account"
    GOAL = "Goal"
    TRANSACTION = "Transaction"
    CATEGORY = "Category"
    INVESTMENT = "Investment"


class RelationKind(StrEnum):
    """Types of relations.

    (User)-[:HAS_ACCOUNT]->(Account), (User)-[:HAS_GOAL]->(Goal), (Transaction)-[:BELONGS_TO]->(Account),
    (Transaction)-[:CATEGORIZED_AS]->(Category), (Goal)-[:REQUIRES]->(Investment), (User)-[:SIMILAR_TO]->(User). Only
    the last leads from one person to another.
    """

    HAS_ACCOUNT = "HAS_ACCOUNT"
    HAS_GOAL = "HAS_GOAL"
    BELONGS_TO = "BELONGS_TO"
    CATEGORIZED_AS = "CATEGORIZED_AS"
    REQUIRES = "REQUIRES"
    SIMILAR_TO = "SIMILAR_TO"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNode:
    """An account. `account_type` is the financial context's word for its kind."""

    id: AccountId
    user_id: UserId
    name: str
    account_type: str
    institution: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNode:
    """A goal. `goal_type` is the goals context's word for its kind."""

    id: GoalId
    user_id: UserId
    name: str
    goal_type: str
    target_amount: Money
    target_date: date

    def plan_id(self) -> UUID:
        """The id of the investment that the goal requires as a whole."""
        return uuid5(self.id, "plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionNode:
    """A transaction; a negative amount is money out. `pair` is the other leg of a transfer between own accounts."""

    id: TransactionId
    account_id: AccountId
    amount: Money
    booked_on: date
    payee: str
    category: str
    pair: TransactionId | None = None


def holding_id(goal_id: GoalId, account_id: AccountId) -> UUID:
    """The id of the investment that is an account's part in a goal."""
    return uuid5(goal_id, str(account_id))


def category_id(user_id: UserId | str, name: str) -> str:
    """The id of a person's node for a category."""
    return f"{user_id}:{name}"


def version_of(occurred_at: datetime, event_id: UUID) -> Version:
    """The version that an event gives to what it tells of; the id decides between events of one microsecond."""
    return Version(f"{occurred_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}/{event_id}")


def to_minor(amount: Money) -> int:
    """The amount as a whole number of its currency's minor unit, which a graph adds up exactly."""
    return int(amount.amount / minor_unit(amount.currency))


def from_minor(count: int, currency: str) -> Money:
    """The amount of so many minor units."""
    return Money(count * minor_unit(currency), currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphNode:
    """A node as it is read: amounts as decimal strings, days in ISO 8601."""

    id: str
    kind: NodeKind
    properties: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class GraphRelation:
    """A directed relation between the nodes with these ids."""

    source: str
    kind: RelationKind
    target: str


@dataclass(frozen=True, slots=True)
class Subgraph:
    """One person's part of the graph without its transactions, which are only counted.

    Nodes by kind and id, relations in order. Empty for an unknown person.
    """

    nodes: tuple[GraphNode, ...] = ()
    relations: tuple[GraphRelation, ...] = ()
    transactions: int = 0
