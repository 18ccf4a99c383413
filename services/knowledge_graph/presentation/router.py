"""Routes of the knowledge graph."""

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.knowledge_graph.application.get_graph_overview import GetGraphOverviewRequest
from services.knowledge_graph.application.insights.get_account_impact import GetAccountImpactRequest
from services.knowledge_graph.application.insights.get_goal_dependencies import GetGoalDependenciesRequest
from services.knowledge_graph.application.insights.get_money_flow import GetMoneyFlowRequest
from services.knowledge_graph.application.similarity.consent import (
    GetSimilarityConsentRequest,
    SetSimilarityConsentRequest,
)
from services.knowledge_graph.application.similarity.get_typical_allocation import GetTypicalAllocationRequest
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.knowledge_graph.domain.insights.window import DEFAULT_MONTHS, MOST_MONTHS
from services.knowledge_graph.presentation.insight_schemas import (
    AccountImpactResponse,
    GoalDependenciesResponse,
    MoneyFlowResponse,
)
from services.knowledge_graph.presentation.schemas import GraphOverviewResponse
from services.knowledge_graph.presentation.similarity_schemas import (
    ConsentBody,
    ConsentResponse,
    QueryBody,
    QueryResponse,
    TypicalAllocationResponse,
)
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, GoalId
from services.shared.infrastructure.problem import problem_responses

Months = Annotated[int, Query(ge=1, le=MOST_MONTHS, description="How many complete months to look at.")]
Currency = Annotated[
    str | None, Query(pattern=r"^[A-Z]{3}$", description="ISO 4217; that of most movements without it.")
]
_COMMON: Final = problem_responses(401, 403, 503)


def build_router(
    use_cases: KnowledgeGraphUseCases, current_user: Callable[..., Any], query_user: Callable[..., Any]
) -> APIRouter:
    """The routes, for callers that `current_user` identifies, and `query_user` for developers' queries."""
    router = APIRouter(prefix="/graph", tags=["knowledge graph"], responses=_COMMON)
    _add_insights(router, use_cases, current_user)
    _add_similarity(router, use_cases, current_user)
    developer = Annotated[Identity, Depends(query_user)]

    @router.post("/query", responses=problem_responses(400, 413, 422), summary="Ask your part of the graph in Cypher")
    async def query_graph(user: developer, body: QueryBody) -> QueryResponse:
        """Read-only Cypher over your own nodes, for developers; it takes the scope `graph:query`.

        MATCH, OPTIONAL MATCH, WHERE, WITH, RETURN, ORDER BY, SKIP and LIMIT; at most a thousand rows and three seconds.
        """
        return QueryResponse.of(await use_cases.query_graph(body.to_request(user.user_id)))

    return router


def _add_insights(router: APIRouter, use_cases: KnowledgeGraphUseCases, current_user: Callable[..., Any]) -> None:
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("/overview", summary="Read your part of the graph")
    async def get_graph_overview(user: caller) -> GraphOverviewResponse:
        """Counts, nodes and relations of your part of the graph; it follows your other data within moments."""
        request = GetGraphOverviewRequest(user_id=user.user_id)
        return GraphOverviewResponse.of(await use_cases.get_graph_overview(request))

    @router.get("/flow", responses=problem_responses(422), summary="How money flows from income to goals")
    async def get_money_flow(
        user: caller, months: Months = DEFAULT_MONTHS, currency: Currency = None
    ) -> MoneyFlowResponse:
        """From who pays you, over your accounts, to spending and to the goals that accounts are linked to."""
        request = GetMoneyFlowRequest(user_id=user.user_id, months=months, currency=currency)
        return MoneyFlowResponse.of(await use_cases.get_money_flow(request))

    @router.get(
        "/goals/{goal_id}/dependencies", responses=problem_responses(404, 422), summary="What a goal depends on"
    )
    async def get_goal_dependencies(
        user: caller, goal_id: UUID, months: Months = DEFAULT_MONTHS
    ) -> GoalDependenciesResponse:
        """The accounts that feed a goal, who pays into them, and what else their money is spent on."""
        request = GetGoalDependenciesRequest(user_id=user.user_id, goal_id=GoalId(goal_id), months=months)
        return GoalDependenciesResponse.of(await use_cases.get_goal_dependencies(request))

    @router.get(
        "/accounts/{account_id}/impact", responses=problem_responses(404, 422), summary="What an account's end breaks"
    )
    async def get_account_impact(
        user: caller, account_id: UUID, months: Months = DEFAULT_MONTHS
    ) -> AccountImpactResponse:
        """The income, regular payments, transfers and goals that would need another account."""
        request = GetAccountImpactRequest(user_id=user.user_id, account_id=AccountId(account_id), months=months)
        return AccountImpactResponse.of(await use_cases.get_account_impact(request))


def _add_similarity(router: APIRouter, use_cases: KnowledgeGraphUseCases, current_user: Callable[..., Any]) -> None:
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("/similar", summary="What people like you do")
    async def get_typical_allocation(user: caller) -> TypicalAllocationResponse:
        """What is usual among at least ten people like you who agreed to be compared, or why that cannot be told."""
        request = GetTypicalAllocationRequest(user_id=user.user_id)
        return TypicalAllocationResponse.of(await use_cases.get_typical_allocation(request))

    @router.get("/consent", summary="Have you agreed to be compared?")
    async def get_similarity_consent(user: caller) -> ConsentResponse:
        """Whether you agreed to be compared with others who agreed; not until you say so."""
        request = GetSimilarityConsentRequest(user_id=user.user_id)
        return ConsentResponse.of(await use_cases.get_similarity_consent(request))

    @router.put(
        "/consent", responses=problem_responses(400, 409, 413, 422), summary="Agree to be compared, or withdraw"
    )
    async def set_similarity_consent(user: caller, body: ConsentBody) -> ConsentResponse:
        """Give or withdraw consent. Others are only ever told of ten people and more; a withdrawal counts at once."""
        request = SetSimilarityConsentRequest(user_id=user.user_id, granted=body.granted)
        return ConsentResponse.of(await use_cases.set_similarity_consent(request))
