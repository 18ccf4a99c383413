"""The financial context on a real database."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from data.sample import SampleHousehold
from services.financial.application.import_statement import ImportStatementRequest, ImportView
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.account import AccountType
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(slots=True)
class Books:
    """One person's use of the context."""

    use_cases: FinancialUseCases
    user_id: UserId
    accounts: dict[str, AccountId] = field(default_factory=dict)

    async def open(
        self, name: str, kind: AccountType = AccountType.SAVINGS, institution: str = "HDFC Bank", opening: str = "0"
    ) -> AccountId:
        view = await self.use_cases.open_account(
            OpenAccountRequest(
                user_id=self.user_id,
                account_type=kind,
                name=name,
                institution=institution,
                opening_balance=Money(Decimal(opening)),
            )
        )
        self.accounts[name] = view.account_id
        return view.account_id

    async def load(self, name: str, content: bytes, *, partial: bool = False, guessed: bool = False) -> ImportView:
        return await self.use_cases.import_statement(
            ImportStatementRequest(
                user_id=self.user_id,
                account_id=self.accounts[name],
                content=content,
                filename=name,
                partial=partial,
                account_guessed=guessed,
            )
        )

    async def load_household(
        self, household: SampleHousehold, order: tuple[str, ...] = ("hdfc", "sbi", "icici")
    ) -> None:
        opening = {str(key): str(value) for key, value in household.truth.opening.items()}
        banks = {
            "hdfc": ("hdfc_savings.csv", AccountType.SAVINGS, "HDFC Bank"),
            "sbi": ("sbi_savings.csv", AccountType.SAVINGS, "SBI"),
            "icici": ("icici_card.csv", AccountType.CREDIT_CARD, "ICICI Bank"),
        }
        for key in order:
            filename, kind, institution = banks[key]
            await self.open(key, kind, institution, opening[key])
            await self.load(key, household.exports[filename])


@pytest.fixture
def books(postgres_engine: AsyncEngine, unique_user: UserId) -> Books:
    return Books(build_use_cases(postgres_engine), unique_user)
