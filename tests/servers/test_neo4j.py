"""The knowledge graph's contract suite, on a Neo4j server."""

import pytest
from neo4j import AsyncDriver

from tests.contract.services.knowledge_graph.test_cypher_confinement import *  # noqa: F403 - the suite is its tests
from tests.contract.services.knowledge_graph.test_graph_repository import *  # noqa: F403 - the suite is its tests

pytestmark = pytest.mark.servers


async def test_the_suite_runs_on_neo4j(graph_driver: AsyncDriver) -> None:
    server = await graph_driver.get_server_info()

    assert server.agent.startswith("Neo4j/5.")
