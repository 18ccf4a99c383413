"""Everything that the financial context does for its callers."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.add_category_rule import AddCategoryRule
from services.financial.application.analysis.use_cases import AnalysisUseCases
from services.financial.application.budgets.use_cases import BudgetUseCases
from services.financial.application.change_category_rule import ChangeCategoryRule
from services.financial.application.delete_category_rule import DeleteCategoryRule
from services.financial.application.fi.use_cases import FiUseCases
from services.financial.application.find_recurring_payments import FindRecurringPayments
from services.financial.application.get_account import GetAccount
from services.financial.application.get_cash_flow import GetCashFlow
from services.financial.application.get_income import GetIncome
from services.financial.application.get_monthly_summary import GetMonthlySummary
from services.financial.application.get_net_worth import GetNetWorth
from services.financial.application.get_spending import GetSpending
from services.financial.application.import_statement import ImportStatement
from services.financial.application.investments.use_cases import InvestmentUseCases
from services.financial.application.list_accounts import ListAccounts
from services.financial.application.list_category_rules import ListCategoryRules
from services.financial.application.list_transactions import ListTransactions
from services.financial.application.loans.use_cases import LoanUseCases
from services.financial.application.open_account import OpenAccount
from services.financial.application.recategorise_transaction import RecategoriseTransaction
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.application.rollups.check_figures import CheckFigures
from services.financial.application.search_transactions import SearchTransactions
from services.financial.application.tax.use_cases import TaxUseCases


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancialUseCases:
    """One instance of every command and query."""

    open_account: OpenAccount
    get_account: GetAccount
    list_accounts: ListAccounts
    import_statement: ImportStatement
    list_transactions: ListTransactions
    search_transactions: SearchTransactions
    recategorise_transaction: RecategoriseTransaction
    get_monthly_summary: GetMonthlySummary
    get_spending: GetSpending
    get_income: GetIncome
    get_cash_flow: GetCashFlow
    get_net_worth: GetNetWorth
    find_recurring_payments: FindRecurringPayments
    add_category_rule: AddCategoryRule
    list_category_rules: ListCategoryRules
    change_category_rule: ChangeCategoryRule
    delete_category_rule: DeleteCategoryRule
    investments: InvestmentUseCases
    loans: LoanUseCases
    tax: TaxUseCases
    analysis: AnalysisUseCases
    check_figures: CheckFigures
    budgets: BudgetUseCases
    records: RecordUseCases
    fi: FiUseCases
