"""Names the adapters of the knowledge graph context."""

from __future__ import annotations

from collections.abc import Sequence

from data.graph import AsyncDriver
from services.knowledge_graph.application.get_graph_overview import GetGraphOverview
from services.knowledge_graph.application.rebuild_graph import RebuildGraph
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.knowledge_graph.infrastructure.projections import GraphProjection
from services.shared.application.event_record import EventHandler
from services.shared.application.restatement import Restatement


def build_use_cases(driver: AsyncDriver, restatements: Sequence[Restatement] = ()) -> KnowledgeGraphUseCases:
    """The context on a graph over Bolt, which is rebuilt from the other contexts' restatements."""
    graph = Neo4jGraphRepository(driver)
    projection = GraphProjection(graph)
    return KnowledgeGraphUseCases(
        get_graph_overview=GetGraphOverview(graph), rebuild_graph=RebuildGraph(graph, restatements, projection.handle)
    )


def build_handlers(driver: AsyncDriver) -> list[EventHandler]:
    """The context's consumers of events."""
    return [GraphProjection(Neo4jGraphRepository(driver))]


async def prepare_stores(driver: AsyncDriver) -> None:
    """Make the constraints that the context relies on; at every start, harmless when they are there."""
    await Neo4jGraphRepository(driver).create_constraints()
