"""Ports of the knowledge graph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from services.knowledge_graph.domain.model import AccountNode, GoalNode, Subgraph, TransactionNode, Version
from services.knowledge_graph.domain.movements import Holdings, Movement, OwnTransfer
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId


class GraphRepository(Protocol):
    """The graph. Writes may come again and in any order: the highest version of each thing stands in the end.

    A write may come before the one that makes the person's own node, or an account that it names. What belongs to
    another person is never touched.
    """

    async def upsert_user(self, user_id: UserId) -> None:
        """Have a node for the person."""
        ...

    async def upsert_account(self, account: AccountNode, version: Version) -> None:
        """Have the account with these properties, held by its person."""
        ...

    async def upsert_goal(self, goal: GoalNode, version: Version) -> None:
        """Have the goal with these properties, held by its person, and the investment that it requires."""
        ...

    async def link_goal(
        self, goal_id: GoalId, user_id: UserId, account_ids: Sequence[AccountId], version: Version
    ) -> None:
        """Have the goal require an investment for each of these accounts, and for no others."""
        ...

    async def remove_goal(self, goal_id: GoalId, user_id: UserId, version: Version) -> None:
        """Have no such goal of the person, and nothing that only it required."""
        ...

    async def put_transactions(
        self, user_id: UserId, transactions: Sequence[TransactionNode], version: Version
    ) -> None:
        """Have these transactions, each in its account and its category."""
        ...

    async def remove_transactions(
        self, user_id: UserId, transaction_ids: Sequence[TransactionId], version: Version
    ) -> None:
        """Have no such transactions of the person."""
        ...

    async def remove_account(self, user_id: UserId, account_id: AccountId, version: Version) -> None:
        """Have neither the account of the person nor its transactions."""
        ...

    async def remove_user(self, user_id: UserId) -> None:
        """Have neither the person's node nor anything that belongs to the person."""
        ...

    async def clear(self, user_id: UserId | None = None) -> None:
        """Have nothing of the person, or of anybody.

        What was removed before stays removed: older events about it stay without effect.
        """
        ...

    async def subgraph(self, user_id: UserId) -> Subgraph:
        """What belongs to the person, and the relations between it."""
        ...


class MovementReader(Protocol):
    """What the graph says of a person's money in a period, both days included, added up inside the graph."""

    async def holdings(self, user_id: UserId) -> Holdings:
        """The person's accounts and goals, and which accounts the goals are linked to."""
        ...

    async def movements(self, user_id: UserId, start: date, end: date) -> list[Movement]:
        """Money by account, category, payee and direction; the largest first."""
        ...

    async def own_transfers(self, user_id: UserId, start: date, end: date) -> list[OwnTransfer]:
        """Money between the person's own accounts; the largest first."""
        ...
