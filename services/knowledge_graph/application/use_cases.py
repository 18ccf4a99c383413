"""Everything the knowledge graph context can do, ready to be called."""

from dataclasses import dataclass

from services.knowledge_graph.application.get_graph_overview import GetGraphOverview
from services.knowledge_graph.application.rebuild_graph import RebuildGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeGraphUseCases:
    """One instance of every command and query."""

    get_graph_overview: GetGraphOverview
    rebuild_graph: RebuildGraph
