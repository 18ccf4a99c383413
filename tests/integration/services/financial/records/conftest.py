"""One person's records on a real database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.list_accounts import ListAccountsRequest
from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.records.add_transaction import AddTransactionRequest
from services.financial.application.records.edit_transaction import EditTransactionRequest
from services.financial.application.records.get_transaction import GetTransactionRequest
from services.financial.application.records.own_categories import AddCategoryRequest
from services.financial.application.records.split_transaction import SplitTransactionRequest, WantedPart
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.application.views import TransactionView
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.ids import TransactionId, UserId
from services.shared.domain.money import Money
from tests.integration.services.financial.conftest import Books

HEADER = b"Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\n"
SHOP = b"01/10/26,UPI-DMART-dmart@ybl-UTIB0000553-413748477718-UPI,0000000000000007,01/10/26,1000.00,,9000.00\n"
TEA = b"02/10/26,UPI-CHAI POINT-chai@ybl-UTIB0000553-413748477719-UPI,0000000000000001,02/10/26,40.00,,8960.00\n"
STATEMENT = HEADER + SHOP + TEA


@dataclass(slots=True)
class Records(Books):
    """Short words for what the tests do."""

    @property
    def do(self) -> RecordUseCases:
        return self.use_cases.records

    async def all(self) -> dict[str, TransactionView]:
        """By payee."""
        page = await self.use_cases.list_transactions(ListTransactionsRequest(user_id=self.user_id, limit=200))
        return {one.payee: one for one in page.transactions}

    async def get(self, transaction_id: TransactionId) -> TransactionView:
        return await self.do.get_transaction(GetTransactionRequest(user_id=self.user_id, transaction_id=transaction_id))

    async def edit(self, transaction_id: TransactionId, **changes: object) -> TransactionView:
        request = EditTransactionRequest(user_id=self.user_id, transaction_id=transaction_id, **changes)  # type: ignore[arg-type]
        return await self.do.edit_transaction(request)

    async def split(self, transaction_id: TransactionId, *parts: tuple[str, Category]) -> TransactionView:
        wanted = [WantedPart(amount=Decimal(amount), category=category) for amount, category in parts]
        return await self.do.split_transaction(
            SplitTransactionRequest(user_id=self.user_id, transaction_id=transaction_id, parts=wanted)
        )

    async def enter(self, account: str, amount: str, description: str, day: int = 5, **more: object) -> TransactionView:
        return await self.do.add_transaction(
            AddTransactionRequest(
                user_id=self.user_id,
                account_id=self.accounts[account],
                booked_on=date(2026, 10, day),
                amount=Money(Decimal(amount)),
                description=description,
                **more,  # type: ignore[arg-type]
            )
        )

    async def category(self, name: str, parent: Category) -> OwnCategoryId:
        view = await self.do.add_category(AddCategoryRequest(user_id=self.user_id, name=name, parent=parent))
        return view.category_id

    async def balance(self, account: str) -> Decimal:
        view = await self.use_cases.list_accounts(ListAccountsRequest(user_id=self.user_id, name=account))
        return view.accounts[0].balance


@pytest.fixture
def records(postgres_engine: AsyncEngine, unique_user: UserId) -> Records:
    return Records(build_use_cases(postgres_engine), unique_user)
