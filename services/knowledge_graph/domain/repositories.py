"""Port of the knowledge graph."""

from typing import Protocol

from services.knowledge_graph.domain.model import AccountNode, GoalNode, Subgraph
from services.shared.domain.ids import GoalId, UserId


class GraphRepository(Protocol):
    """The graph. Every write may be repeated, and may come before the one that makes the person's own node."""

    async def upsert_user(self, user_id: UserId) -> None:
        """Have a node for the person."""
        ...

    async def upsert_account(self, account: AccountNode) -> None:
        """Have the account with these properties, held by its person."""
        ...

    async def upsert_goal(self, goal: GoalNode) -> None:
        """Have the goal with these properties, held by its person."""
        ...

    async def remove_goal(self, goal_id: GoalId, user_id: UserId) -> None:
        """Have no such goal of the person; another person's goal stays."""
        ...

    async def remove_user(self, user_id: UserId) -> None:
        """Have neither the person's node nor anything the person holds."""
        ...

    async def subgraph(self, user_id: UserId) -> Subgraph:
        """The person's node, what the person holds, and the relations between them."""
        ...
