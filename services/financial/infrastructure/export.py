"""What a person gets of the financial context: all records, and nothing that is only counted from them."""

from typing import Final

from services.financial.infrastructure.budgets.tables import budget_alerts, budget_limits, budgets
from services.financial.infrastructure.fi_mcp.tables import credit_reports, fi_decisions, fi_links
from services.financial.infrastructure.investments.tables import (
    holding_snapshots,
    holdings,
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
from services.shared.infrastructure.export import Exported

EXPORTED: Final = [
    Exported(accounts),
    Exported(opening_changes),
    Exported(imports),
    Exported(own_categories),
    Exported(category_rules),
    # The text of a search says nothing that other columns do not.
    Exported(transactions, without=frozenset({"search_text"})),
    Exported(transaction_parts),
    Exported(transaction_versions),
    Exported(instruments),
    Exported(investment_transactions),
    Exported(holding_snapshots),
    Exported(holdings),
    Exported(target_allocations),
    Exported(loan_terms),
    Exported(budgets),
    Exported(budget_limits),
    Exported(budget_alerts),
    # By the address of the login one would read at Fi what the link reads.
    Exported(fi_links, without=frozenset({"login_url"})),
    Exported(credit_reports),
    Exported(fi_decisions),
]
