"""The graph's own model of a person's money: what the nodes and relations of one subgraph are."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.shared.domain.events import Json
from services.shared.domain.ids import AccountId, GoalId, UserId
from services.shared.domain.money import Money


class NodeKind(StrEnum):
    """Labels of nodes."""

    USER = "User"
    ACCOUNT = "Account"
    GOAL = "Goal"


class RelationKind(StrEnum):
    """Types of relations: (User)-[:HAS_ACCOUNT]->(Account), (User)-[:HAS_GOAL]->(Goal)."""

    HAS_ACCOUNT = "HAS_ACCOUNT"
    HAS_GOAL = "HAS_GOAL"


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
    """One person's part of the graph, nodes by kind and id, relations in order. Empty for an unknown person."""

    nodes: tuple[GraphNode, ...] = ()
    relations: tuple[GraphRelation, ...] = ()
