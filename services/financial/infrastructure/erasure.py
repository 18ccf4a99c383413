"""Erasing a person's finances. Figures that are cached of them lapse within the hour."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.infrastructure.budgets.tables import budget_alerts, budgets
from services.financial.infrastructure.caching.versions import finance_versions
from services.financial.infrastructure.fi_mcp.tables import credit_reports, fi_decisions, fi_links
from services.financial.infrastructure.investments.tables import (
    holding_snapshots,
    instruments,
    investment_transactions,
    target_allocations,
)
from services.financial.infrastructure.loans.tables import loan_terms
from services.financial.infrastructure.records.tables import (
    opening_changes,
    own_categories,
    transaction_parts,
    transaction_versions,
)
from services.financial.infrastructure.tables import accounts, category_rules, imports, transactions
from services.shared.domain.ids import UserId
from services.shared.infrastructure.erasure import ErasureConsumer, delete_rows

OF_A_PERSON: Final = [
    accounts,
    budget_alerts,
    budgets,
    category_rules,
    credit_reports,
    fi_decisions,
    fi_links,
    finance_versions,
    holding_snapshots,
    imports,
    instruments,
    investment_transactions,
    loan_terms,
    opening_changes,
    own_categories,
    target_allocations,
    transaction_parts,
    transaction_versions,
    transactions,
]


def build_erasure(engine: AsyncEngine) -> ErasureConsumer:
    """The consumer; sums by month follow by their triggers, what has no owner of its own by its foreign key."""

    async def erase(user_id: UserId) -> None:
        await delete_rows(engine, user_id, OF_A_PERSON)

    return ErasureConsumer("financial", erase)
