"""Names the adapters of what people do to their records."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.get_account import GetAccount
from services.financial.application.readers import FinanceReader
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
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.infrastructure.records.records_reader import PostgresRecordsReader
from services.shared.domain.clock import Clock


def build_records(
    engine: AsyncEngine, reader: FinanceReader, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock
) -> RecordUseCases:
    """Every command and query over records."""
    records = PostgresRecordsReader(engine)
    return RecordUseCases(
        add_transaction=AddTransaction(unit_of_work, rules, clock),
        edit_transaction=EditTransaction(unit_of_work, rules, clock),
        split_transaction=SplitTransaction(unit_of_work, rules, clock),
        delete_transaction=DeleteTransaction(unit_of_work, rules, clock),
        restore_transaction=RestoreTransaction(unit_of_work, rules, clock),
        recategorise_transactions=RecategoriseTransactions(unit_of_work, rules, clock),
        get_transaction=GetTransaction(records, reader),
        get_transaction_history=GetTransactionHistory(records),
        find_doubles=FindDoubles(records, reader),
        merge_double=MergeDouble(unit_of_work, rules, clock),
        export_transactions=ExportTransactions(reader),
        add_category=AddCategory(unit_of_work, clock),
        change_category=ChangeCategory(unit_of_work),
        delete_category=DeleteCategory(unit_of_work),
        list_categories=ListCategories(records),
        change_opening_balance=ChangeOpeningBalance(unit_of_work, GetAccount(reader), clock),
        get_opening_balance=GetOpeningBalance(records),
    )
