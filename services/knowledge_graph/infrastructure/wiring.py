"""Names the adapters of the knowledge graph context."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from data.graph import AsyncDriver
from services.knowledge_graph.application.cypher.query_graph import QueryGraph
from services.knowledge_graph.application.get_graph_overview import GetGraphOverview
from services.knowledge_graph.application.insights.get_account_impact import GetAccountImpact
from services.knowledge_graph.application.insights.get_goal_dependencies import GetGoalDependencies
from services.knowledge_graph.application.insights.get_money_flow import GetMoneyFlow
from services.knowledge_graph.application.rebuild_graph import RebuildGraph
from services.knowledge_graph.application.similarity.consent import GetSimilarityConsent, SetSimilarityConsent
from services.knowledge_graph.application.similarity.get_typical_allocation import GetTypicalAllocation
from services.knowledge_graph.application.similarity.refresh_similarity import RefreshSimilarity
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.knowledge_graph.infrastructure.cypher.neo4j_runner import Neo4jQueryRunner
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.knowledge_graph.infrastructure.neo4j_movements import Neo4jMovementReader
from services.knowledge_graph.infrastructure.projections import GraphProjection
from services.knowledge_graph.infrastructure.similarity.neo4j_similarity import Neo4jSimilarityGraph
from services.knowledge_graph.infrastructure.similarity.postgres_consents import (
    PostgresConsentReader,
    PostgresConsentUnitOfWork,
)
from services.knowledge_graph.infrastructure.similarity.projection import SimilarityProjection
from services.shared.application.event_record import EventHandler
from services.shared.application.restatement import Restatement
from services.shared.domain.clock import Clock, SystemClock


def build_use_cases(
    driver: AsyncDriver,
    engine: AsyncEngine,
    clock: Clock | None = None,
    restatements: Sequence[Restatement] = (),
) -> KnowledgeGraphUseCases:
    """The context on a graph over Bolt, rebuilt from the other contexts' restatements, with consents in PostgreSQL."""
    clock = clock or SystemClock()
    graph = Neo4jGraphRepository(driver)
    movements = Neo4jMovementReader(driver)
    similarity = Neo4jSimilarityGraph(driver)
    consents = PostgresConsentReader(engine)
    refresh = RefreshSimilarity(consents, similarity)

    def unit_of_work() -> PostgresConsentUnitOfWork:
        return PostgresConsentUnitOfWork(engine)

    return KnowledgeGraphUseCases(
        get_graph_overview=GetGraphOverview(graph),
        get_money_flow=GetMoneyFlow(movements, clock),
        get_goal_dependencies=GetGoalDependencies(movements, clock),
        get_account_impact=GetAccountImpact(movements, clock),
        get_typical_allocation=GetTypicalAllocation(consents, similarity, clock),
        get_similarity_consent=GetSimilarityConsent(consents),
        set_similarity_consent=SetSimilarityConsent(unit_of_work, similarity, clock),
        query_graph=QueryGraph(Neo4jQueryRunner(driver)),
        refresh_similarity=refresh,
        rebuild_graph=RebuildGraph(graph, restatements, GraphProjection(graph).handle, refresh),
    )


def build_projection(driver: AsyncDriver) -> EventHandler:
    """The consumer that keeps the graph up to date."""
    return GraphProjection(Neo4jGraphRepository(driver))


def build_similarity(driver: AsyncDriver, engine: AsyncEngine) -> SimilarityProjection:
    """The consumer, and worker, that keeps SIMILAR_TO up to date."""
    return SimilarityProjection(PostgresConsentReader(engine), Neo4jSimilarityGraph(driver))


async def prepare_stores(driver: AsyncDriver) -> None:
    """Make the constraints that the context relies on; at every start, harmless when they are there."""
    await Neo4jGraphRepository(driver).create_constraints()
