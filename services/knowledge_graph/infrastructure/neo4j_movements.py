"""Money that moved, added up inside the graph."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from data.graph import AsyncDriver
from services.knowledge_graph.domain.model import AccountNode, GoalNode, from_minor
from services.knowledge_graph.domain.movements import Holdings, Movement, OwnTransfer
from services.knowledge_graph.infrastructure.graph_session import read
from services.shared.domain.ids import AccountId, GoalId, UserId
from services.shared.domain.money import Money

MOST_ROWS: Final = 20_000
_ACCOUNTS: Final = """
MATCH (:User {id: $owner})-[:HAS_ACCOUNT]->(a:Account {owner: $owner})
WHERE a.name IS NOT NULL
RETURN properties(a) AS properties ORDER BY a.name, a.id LIMIT 1000
"""
_GOALS: Final = """
MATCH (:User {id: $owner})-[:HAS_GOAL]->(g:Goal {owner: $owner})
WHERE g.name IS NOT NULL
RETURN properties(g) AS properties ORDER BY g.target_date, g.id LIMIT 1000
"""
_LINKS: Final = """
MATCH (g:Goal {owner: $owner})-[:REQUIRES]->(i:Investment {owner: $owner})
WHERE i.kind = 'account'
RETURN g.id AS goal, i.account_id AS account ORDER BY goal, account LIMIT 1000
"""
_MOVEMENTS: Final = f"""
MATCH (:User {{id: $owner}})-[:HAS_ACCOUNT]->(a:Account {{owner: $owner}})<-[:BELONGS_TO]-(t:Transaction)
WHERE t.booked_on >= $start AND t.booked_on <= $end
MATCH (t)-[:CATEGORIZED_AS]->(c:Category)
WITH a.id AS account, c.name AS category, t.payee AS payee, t.amount_minor < 0 AS out, t.currency AS currency,
     t.amount_minor AS amount, t.booked_on AS day
WITH account, category, payee, out, currency, sum(amount) AS total, count(*) AS count,
     count(DISTINCT substring(day, 0, 7)) AS months, min(day) AS first, max(day) AS last
RETURN account, category, payee, out, currency, total, count, months, first, last
ORDER BY abs(total) DESC, payee, category, account LIMIT {MOST_ROWS}
"""
_TRANSFERS: Final = """
MATCH (:User {id: $owner})-[:HAS_ACCOUNT]->(a:Account {owner: $owner})<-[:BELONGS_TO]-(t:Transaction)
WHERE t.booked_on >= $start AND t.booked_on <= $end AND t.amount_minor < 0 AND t.pair IS NOT NULL
MATCH (o:Transaction {id: t.pair})-[:BELONGS_TO]->(b:Account {owner: $owner})
WITH a.id AS source, b.id AS target, t.currency AS currency, t.amount_minor AS amount
RETURN source, target, currency, sum(amount) AS total, count(*) AS count
ORDER BY total, source, target LIMIT 1000
"""


class Neo4jMovementReader:
    """`MovementReader` on Bolt."""

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def holdings(self, user_id: UserId) -> Holdings:
        """Accounts, goals and links of which the graph has heard in full."""
        owner = str(user_id)
        accounts = await read(self._driver, _ACCOUNTS, owner=owner)
        goals = await read(self._driver, _GOALS, owner=owner)
        links = await read(self._driver, _LINKS, owner=owner)
        return Holdings(
            accounts=tuple(_account(user_id, row["properties"]) for row in accounts),
            goals=tuple(_goal(user_id, row["properties"]) for row in goals),
            links=tuple((GoalId(UUID(row["goal"])), AccountId(UUID(row["account"]))) for row in links),
        )

    async def movements(self, user_id: UserId, start: date, end: date) -> list[Movement]:
        """From the person over the accounts to transactions and their categories."""
        days = {"start": start.isoformat(), "end": end.isoformat()}
        return [_movement(row) for row in await read(self._driver, _MOVEMENTS, owner=str(user_id), **days)]

    async def own_transfers(self, user_id: UserId, start: date, end: date) -> list[OwnTransfer]:
        """From one leg of each transfer to the account of the other."""
        days = {"start": start.isoformat(), "end": end.isoformat()}
        rows = await read(self._driver, _TRANSFERS, owner=str(user_id), **days)
        return [
            OwnTransfer(
                source=AccountId(UUID(row["source"])),
                target=AccountId(UUID(row["target"])),
                total=from_minor(-row["total"], row["currency"]),
                count=row["count"],
            )
            for row in rows
        ]


def _account(user_id: UserId, values: dict[str, Any]) -> AccountNode:
    return AccountNode(
        id=AccountId(UUID(values["id"])),
        user_id=user_id,
        name=values["name"],
        account_type=values["account_type"],
        institution=values["institution"],
        currency=values["currency"],
    )


def _goal(user_id: UserId, values: dict[str, Any]) -> GoalNode:
    return GoalNode(
        id=GoalId(UUID(values["id"])),
        user_id=user_id,
        name=values["name"],
        goal_type=values["goal_type"],
        target_amount=Money.parse(values["target_amount"], values["currency"]),
        target_date=date.fromisoformat(values["target_date"]),
    )


def _movement(row: dict[str, Any]) -> Movement:
    return Movement(
        account_id=AccountId(UUID(row["account"])),
        category=row["category"],
        payee=row["payee"],
        out=row["out"],
        total=from_minor(abs(row["total"]), row["currency"]),
        count=row["count"],
        months=row["months"],
        first_on=date.fromisoformat(row["first"]),
        last_on=date.fromisoformat(row["last"]),
    )
