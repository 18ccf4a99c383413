"""Routes of the knowledge graph."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends

from services.knowledge_graph.application.get_graph_overview import GetGraphOverviewRequest
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.knowledge_graph.presentation.schemas import GraphOverviewResponse
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import Problem

_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Problem, "description": "Not logged in."},
    503: {"model": Problem, "description": "The graph cannot be reached."},
}


def build_router(use_cases: KnowledgeGraphUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """The routes, for callers that `current_user` identifies."""
    router = APIRouter(prefix="/graph", tags=["knowledge graph"], responses=_RESPONSES)
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("/overview", summary="Read your part of the graph")
    async def get_graph_overview(user: caller) -> GraphOverviewResponse:
        """Counts, nodes and relations of your part of the graph; it follows your other data within moments."""
        request = GetGraphOverviewRequest(user_id=user.user_id)
        return GraphOverviewResponse.of(await use_cases.get_graph_overview(request))

    return router
