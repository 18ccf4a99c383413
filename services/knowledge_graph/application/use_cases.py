"""Everything the knowledge graph context can do, ready to be called."""

from dataclasses import dataclass

from services.knowledge_graph.application.cypher.query_graph import QueryGraph
from services.knowledge_graph.application.get_graph_overview import GetGraphOverview
from services.knowledge_graph.application.insights.get_account_impact import GetAccountImpact
from services.knowledge_graph.application.insights.get_goal_dependencies import GetGoalDependencies
from services.knowledge_graph.application.insights.get_money_flow import GetMoneyFlow
from services.knowledge_graph.application.rebuild_graph import RebuildGraph
from services.knowledge_graph.application.similarity.consent import GetSimilarityConsent, SetSimilarityConsent
from services.knowledge_graph.application.similarity.get_typical_allocation import GetTypicalAllocation
from services.knowledge_graph.application.similarity.refresh_similarity import RefreshSimilarity


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeGraphUseCases:
    """One instance of every command and query."""

    get_graph_overview: GetGraphOverview
    get_money_flow: GetMoneyFlow
    get_goal_dependencies: GetGoalDependencies
    get_account_impact: GetAccountImpact
    get_typical_allocation: GetTypicalAllocation
    get_similarity_consent: GetSimilarityConsent
    set_similarity_consent: SetSimilarityConsent
    query_graph: QueryGraph
    refresh_similarity: RefreshSimilarity
    rebuild_graph: RebuildGraph
