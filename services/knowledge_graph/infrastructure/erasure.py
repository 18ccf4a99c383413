"""Erasing a person's part of the graph, and with it whom the person is like."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from data.graph import AsyncDriver
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.knowledge_graph.infrastructure.tables import similarity_consents
from services.shared.domain.ids import UserId
from services.shared.infrastructure.erasure import ErasureConsumer, delete_rows

OF_A_PERSON: Final = [similarity_consents]


def build_erasure(driver: AsyncDriver, engine: AsyncEngine) -> ErasureConsumer:
    """The consumer."""
    graph = Neo4jGraphRepository(driver)

    async def erase(user_id: UserId) -> None:
        # First: nobody is compared with a person who has not agreed.
        await delete_rows(engine, user_id, OF_A_PERSON)
        await graph.remove_user(user_id)

    return ErasureConsumer("knowledge_graph", erase)
