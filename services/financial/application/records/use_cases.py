"""Everything that people do to their records by hand."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.records.add_transaction import AddTransaction
from services.financial.application.records.change_opening_balance import ChangeOpeningBalance
from services.financial.application.records.delete_transaction import DeleteTransaction
from services.financial.application.records.edit_transaction import EditTransaction
from services.financial.application.records.export_transactions import ExportTransactions
from services.financial.application.records.find_doubles import FindDoubles
from services.financial.application.records.get_history import GetTransactionHistory
from services.financial.application.records.get_opening_balance import GetOpeningBalance
from services.financial.application.records.get_transaction import GetTransaction
from services.financial.application.records.merge_double import MergeDouble
from services.financial.application.records.own_categories import (
    AddCategory,
    ChangeCategory,
    DeleteCategory,
    ListCategories,
)
from services.financial.application.records.recategorise_transactions import RecategoriseTransactions
from services.financial.application.records.restore_transaction import RestoreTransaction
from services.financial.application.records.split_transaction import SplitTransaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUseCases:
    """One instance of every command and query."""

    add_transaction: AddTransaction
    edit_transaction: EditTransaction
    split_transaction: SplitTransaction
    delete_transaction: DeleteTransaction
    restore_transaction: RestoreTransaction
    recategorise_transactions: RecategoriseTransactions
    get_transaction: GetTransaction
    get_transaction_history: GetTransactionHistory
    find_doubles: FindDoubles
    merge_double: MergeDouble
    export_transactions: ExportTransactions
    add_category: AddCategory
    change_category: ChangeCategory
    delete_category: DeleteCategory
    list_categories: ListCategories
    change_opening_balance: ChangeOpeningBalance
    get_opening_balance: GetOpeningBalance
