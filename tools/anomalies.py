"""The tool about payments that stand out."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from services.financial.application.analysis.find_anomalies import AnomaliesView, FindAnomaliesRequest
from services.financial.application.use_cases import FinancialUseCases
from services.shared.domain.identity import Identity
from tools.tool import Cost, Tool, ToolArguments


class AnomalyArguments(ToolArguments):
    """How far back to look, and how many to list."""

    days: int = Field(default=90, ge=1, le=366, description="among the last days of the records")
    limit: int = Field(default=20, ge=1, le=50, description="how many to list, newest first; the count is of all")


def anomaly_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over anomalies."""

    async def find_anomalies(identity: Identity, wanted: AnomalyArguments) -> AnomaliesView:
        return await finance.analysis.find_anomalies(
            FindAnomaliesRequest(user_id=identity.user_id, days=wanted.days, limit=wanted.limit)
        )

    return [
        Tool(
            name="find_anomalies",
            description="Payments that stand out: unusual for the payee or the category (median and MAD), duplicate "
            "charges, large first payments; each with its reason in words and figures.",
            scope="finance:read",
            arguments=AnomalyArguments,
            run=find_anomalies,
            cost=Cost.HIGH,
        )
    ]
