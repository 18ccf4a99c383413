"""Response bodies of the graph routes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from services.knowledge_graph.application.get_graph_overview import GraphOverviewView
from services.knowledge_graph.domain.model import NodeKind, RelationKind


class GraphNodeResponse(BaseModel):
    """A node."""

    id: str
    kind: NodeKind
    properties: dict[str, Any] = Field(description="Amounts are decimal strings, days ISO 8601.")


class GraphRelationResponse(BaseModel):
    """A directed relation between two nodes, by their ids."""

    source: str
    kind: RelationKind
    target: str


class GraphOverviewResponse(BaseModel):
    """The caller's part of the graph."""

    node_counts: dict[NodeKind, int]
    relation_counts: dict[RelationKind, int]
    nodes: list[GraphNodeResponse]
    relations: list[GraphRelationResponse]

    @classmethod
    def of(cls, view: GraphOverviewView) -> GraphOverviewResponse:
        """The response for an overview."""
        subgraph = view.subgraph
        return cls(
            node_counts=view.node_counts,
            relation_counts=view.relation_counts,
            nodes=[GraphNodeResponse(id=n.id, kind=n.kind, properties=dict(n.properties)) for n in subgraph.nodes],
            relations=[
                GraphRelationResponse(source=r.source, kind=r.kind, target=r.target) for r in subgraph.relations
            ],
        )
