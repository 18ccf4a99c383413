"""The tool about balances to come."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from services.financial.application.analysis.forecast_balances import ForecastBalancesRequest
from services.financial.application.analysis.forecast_views import ForecastView
from services.financial.application.use_cases import FinancialUseCases
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from tools.arguments import AccountRef
from tools.tool import Cost, Tool, ToolArguments


class ForecastArguments(ToolArguments):
    """How far ahead, and for what."""

    days: int = Field(default=90, ge=1, le=180, description="how many days after the newest record")
    every: int = Field(default=15, ge=1, le=90, description="one point in so many days, and the last")
    account_id: AccountRef = None


def forecast_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over forecasts."""

    async def forecast_balances(identity: Identity, wanted: ForecastArguments) -> ForecastView:
        return await finance.analysis.forecast_balances(
            ForecastBalancesRequest(
                user_id=identity.user_id,
                days=wanted.days,
                every=wanted.every,
                account_id=AccountId(wanted.account_id) if wanted.account_id else None,
            )
        )

    return [
        Tool(
            name="forecast_balances",
            description="What the balance will be, up to 180 days ahead: expected, low and high end of an 80% interval "
            "with its coverage in a back-test, the lowest day, and what income, commitments and the rest bring.",
            scope="finance:read",
            arguments=ForecastArguments,
            run=forecast_balances,
            cost=Cost.HIGH,
        )
    ]
