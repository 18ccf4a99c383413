"""Tools about how a person's money hangs together, and about people who are alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from services.knowledge_graph.application.insights.get_account_impact import GetAccountImpactRequest
from services.knowledge_graph.application.insights.get_goal_dependencies import GetGoalDependenciesRequest
from services.knowledge_graph.application.insights.get_money_flow import GetMoneyFlowRequest
from services.knowledge_graph.application.insights.views import (
    AccountImpactView,
    GoalDependenciesView,
    MoneyFlowView,
)
from services.knowledge_graph.application.similarity.consent import (
    GetSimilarityConsentRequest,
    SetSimilarityConsentRequest,
)
from services.knowledge_graph.application.similarity.get_typical_allocation import (
    GetTypicalAllocationRequest,
    TypicalAllocationView,
)
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.knowledge_graph.domain.insights.window import DEFAULT_MONTHS, MOST_MONTHS
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, GoalId
from tools.profile import NoArguments
from tools.tool import Effect, Preview, Tool, ToolArguments


class MonthsArguments(ToolArguments):
    """How many complete months to look at."""

    months: int = Field(default=DEFAULT_MONTHS, ge=1, le=MOST_MONTHS, description="how many complete months")


class GoalDependenciesArguments(MonthsArguments):
    """Which goal."""

    goal_id: UUID = Field(description="goal_id from list_goals")


class AccountImpactArguments(MonthsArguments):
    """Which account."""

    account_id: UUID = Field(description="account_id from list_accounts")


class ConsentArguments(ToolArguments):
    """The person's word."""

    granted: bool = Field(description="whether the person agrees")


@dataclass(frozen=True, slots=True)
class ConsentResult:
    """Whether the person agreed, and since when."""

    granted: bool
    changed_at: datetime | None


def graph_tools(graph: KnowledgeGraphUseCases) -> list[Tool[Any]]:
    """Tools of the knowledge graph."""
    return [*_insight_tools(graph), *_similarity_tools(graph)]


def _insight_tools(graph: KnowledgeGraphUseCases) -> list[Tool[Any]]:
    async def get_money_flow(identity: Identity, wanted: MonthsArguments) -> MoneyFlowView:
        return await graph.get_money_flow(GetMoneyFlowRequest(user_id=identity.user_id, months=wanted.months))

    async def get_goal_dependencies(identity: Identity, wanted: GoalDependenciesArguments) -> GoalDependenciesView:
        request = GetGoalDependenciesRequest(
            user_id=identity.user_id, goal_id=GoalId(wanted.goal_id), months=wanted.months
        )
        return await graph.get_goal_dependencies(request)

    async def get_account_impact(identity: Identity, wanted: AccountImpactArguments) -> AccountImpactView:
        request = GetAccountImpactRequest(
            user_id=identity.user_id, account_id=AccountId(wanted.account_id), months=wanted.months
        )
        return await graph.get_account_impact(request)

    return [
        Tool(
            name="get_money_flow",
            description="How money flows: from who pays the person, over accounts, to spending and to goals.",
            scope="graph:read",
            arguments=MonthsArguments,
            run=get_money_flow,
        ),
        Tool(
            name="get_goal_dependencies",
            description="What a goal depends on: accounts that feed it, who pays into them, what they spend on.",
            scope="graph:read",
            arguments=GoalDependenciesArguments,
            run=get_goal_dependencies,
        ),
        Tool(
            name="get_account_impact",
            description="What breaks if an account is closed: income, regular payments, transfers and goals on it.",
            scope="graph:read",
            arguments=AccountImpactArguments,
            run=get_account_impact,
        ),
    ]


def _similarity_tools(graph: KnowledgeGraphUseCases) -> list[Tool[Any]]:
    async def get_typical_allocation(identity: Identity, _: NoArguments) -> TypicalAllocationView:
        return await graph.get_typical_allocation(GetTypicalAllocationRequest(user_id=identity.user_id))

    async def get_similarity_consent(identity: Identity, _: NoArguments) -> ConsentResult:
        consent = await graph.get_similarity_consent(GetSimilarityConsentRequest(user_id=identity.user_id))
        return ConsentResult(consent.granted, consent.changed_at)

    async def set_similarity_consent(identity: Identity, wanted: ConsentArguments) -> ConsentResult:
        request = SetSimilarityConsentRequest(user_id=identity.user_id, granted=wanted.granted)
        consent = await graph.set_similarity_consent(request)
        return ConsentResult(consent.granted, consent.changed_at)

    async def preview_consent(_: Identity, wanted: ConsentArguments) -> Preview:
        if wanted.granted:
            return Preview(
                "You agree to be compared with others who agreed.",
                (("What others learn", "sums over at least ten people, never anything of yours alone"),),
            )
        return Preview("You agree no longer to be compared with others. What likens you to them is deleted at once.")

    return [
        Tool(
            name="get_typical_allocation",
            description="What is usual among at least ten people like the person who agreed to be compared.",
            scope="graph:read",
            arguments=NoArguments,
            run=get_typical_allocation,
        ),
        Tool(
            name="get_similarity_consent",
            description="Whether the person agreed to be compared with others.",
            scope="graph:read",
            arguments=NoArguments,
            run=get_similarity_consent,
        ),
        Tool(
            name="set_similarity_consent",
            description="Agree to be compared with others who agreed, or withdraw that.",
            scope="graph:write",
            arguments=ConsentArguments,
            run=set_similarity_consent,
            effect=Effect.WRITE,
            preview=preview_consent,
        ),
    ]
