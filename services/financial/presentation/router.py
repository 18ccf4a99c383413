"""The routes of the financial context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter

from services.financial.application.use_cases import FinancialUseCases
from services.financial.presentation.account_routes import build_account_router
from services.financial.presentation.analysis.anomaly_routes import build_anomaly_router
from services.financial.presentation.analysis.forecast_routes import build_forecast_router
from services.financial.presentation.analysis.recurring_routes import build_recurring_router
from services.financial.presentation.analysis.routes import build_analysis_router
from services.financial.presentation.budgets.routes import build_budget_router
from services.financial.presentation.check_routes import build_check_router
from services.financial.presentation.fi.routes import build_fi_router
from services.financial.presentation.finance_routes import build_finance_router
from services.financial.presentation.investments.router import build_investment_router
from services.financial.presentation.loans.router import build_loan_router
from services.financial.presentation.records.category_routes import build_category_router
from services.financial.presentation.records.doubles_routes import build_doubles_router
from services.financial.presentation.records.opening_routes import build_opening_router
from services.financial.presentation.records.routes import build_records_router
from services.financial.presentation.tax.router import build_tax_router
from services.financial.presentation.transaction_routes import build_rule_router, build_transaction_router


def build_routers(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> list[APIRouter]:
    """All of them, for callers that `current_user` identifies."""
    builders = (
        build_account_router,
        build_transaction_router,
        build_rule_router,
        build_finance_router,
        build_analysis_router,
        build_recurring_router,
        build_anomaly_router,
        build_forecast_router,
        build_budget_router,
        build_check_router,
    )
    record_builders = (build_records_router, build_doubles_router, build_category_router, build_opening_router)
    return [
        *(build(use_cases, current_user) for build in builders),
        *(build_records(use_cases.records, current_user) for build_records in record_builders),
        build_fi_router(use_cases.fi, current_user),
        build_investment_router(use_cases.investments, current_user),
        build_loan_router(use_cases.loans, current_user),
        build_tax_router(use_cases.tax, current_user),
    ]
