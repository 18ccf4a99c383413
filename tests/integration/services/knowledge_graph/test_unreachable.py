from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncGraphDatabase

from services.knowledge_graph.domain.repositories import GraphRepository
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import UserId


@pytest.fixture
async def nowhere() -> AsyncIterator[GraphRepository]:
    """A graph on a port at which nothing listens."""
    driver = AsyncGraphDatabase.driver("bolt://127.0.0.1:1", max_transaction_retry_time=0, telemetry_disabled=True)
    yield Neo4jGraphRepository(driver)
    await driver.close()


async def test_an_unreachable_graph_is_told_as_such(nowhere: GraphRepository, unique_user: UserId) -> None:
    with pytest.raises(UnavailableError, match="knowledge graph cannot be reached"):
        await nowhere.subgraph(unique_user)
    with pytest.raises(UnavailableError):
        await nowhere.upsert_user(unique_user)
