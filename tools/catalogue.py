"""All tools there are."""

from __future__ import annotations

from typing import Any

from services.conversation.application.memory.use_cases import MemoryUseCases
from services.financial.application.use_cases import FinancialUseCases
from services.goals.application.use_cases import GoalsUseCases
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.user.application.use_cases import UserUseCases
from tools.accounts import account_tools
from tools.analysis import analysis_tools
from tools.anomalies import anomaly_tools
from tools.budgets import budget_tools
from tools.cash_flow import cash_flow_tools
from tools.categories import category_tools
from tools.category_rules import category_rule_tools
from tools.commitments import commitment_tools
from tools.doubles import double_tools
from tools.fi import fi_tools
from tools.fi_doubles import fi_double_tools
from tools.forecasts import forecast_tools
from tools.goal_family import goal_tools
from tools.graph import graph_tools
from tools.investments import investment_tools
from tools.loans import loan_tools
from tools.memory import memory_tools
from tools.opening_balance import opening_balance_tools
from tools.profile import profile_tools
from tools.records import record_tools
from tools.tax import tax_tools
from tools.tool import Tool
from tools.transactions import transaction_tools


def all_tools(
    *,
    users: UserUseCases,
    finance: FinancialUseCases,
    goals: GoalsUseCases,
    memory: MemoryUseCases,
    graph: KnowledgeGraphUseCases | None = None,
) -> list[Tool[Any]]:
    """Every tool over the services' use cases; those of the graph only where there is one."""
    return [
        *profile_tools(users),
        *account_tools(finance),
        *transaction_tools(finance),
        *cash_flow_tools(finance),
        *analysis_tools(finance),
        *commitment_tools(finance),
        *anomaly_tools(finance),
        *forecast_tools(finance),
        *budget_tools(finance),
        *category_tools(finance),
        *category_rule_tools(finance),
        *record_tools(finance),
        *opening_balance_tools(finance),
        *double_tools(finance),
        *fi_tools(finance),
        *fi_double_tools(finance),
        *investment_tools(finance),
        *loan_tools(finance),
        *tax_tools(finance),
        *goal_tools(goals),
        *(graph_tools(graph) if graph is not None else ()),
        *memory_tools(memory),
    ]
