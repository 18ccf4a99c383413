"""What the graph knows about the caller."""

from collections import Counter
from dataclasses import dataclass

from services.knowledge_graph.domain.model import NodeKind, RelationKind, Subgraph
from services.knowledge_graph.domain.repositories import GraphRepository
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetGraphOverviewRequest:
    """Whose part of the graph."""

    user_id: UserId


@dataclass(frozen=True, slots=True)
class GraphOverviewView:
    """The caller's subgraph with counts of every kind there could be, zeros included.

    `similar_to` is not among the relations: how many people are like the caller is told only of ten and more.
    """

    node_counts: dict[NodeKind, int]
    relation_counts: dict[RelationKind, int]
    subgraph: Subgraph


class GetGraphOverview:
    """Query: counts and nodes of the caller only."""

    def __init__(self, graph: GraphRepository) -> None:
        self._graph = graph

    async def __call__(self, request: GetGraphOverviewRequest) -> GraphOverviewView:
        """Empty until the person's first event has arrived in the graph."""
        subgraph = await self._graph.subgraph(request.user_id)
        nodes = Counter(node.kind for node in subgraph.nodes)
        relations = Counter(relation.kind for relation in subgraph.relations)
        nodes[NodeKind.TRANSACTION] = subgraph.transactions
        for kind in (RelationKind.BELONGS_TO, RelationKind.CATEGORIZED_AS):
            relations[kind] = subgraph.transactions
        told = [kind for kind in RelationKind if kind is not RelationKind.SIMILAR_TO]
        return GraphOverviewView(
            {kind: nodes[kind] for kind in NodeKind}, {kind: relations[kind] for kind in told}, subgraph
        )
