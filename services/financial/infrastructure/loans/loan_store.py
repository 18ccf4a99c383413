"""The terms of loans in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.financial.domain.loans.repositories import LoanRepository, StoredLoan
from services.financial.domain.loans.terms import LoanPurpose, LoanTerms
from services.financial.domain.repositories import AccountRepository
from services.financial.infrastructure.account_repository import PostgresAccountRepository
from services.financial.infrastructure.caching.counting_unit_of_work import PostgresCountingUnitOfWork
from services.financial.infrastructure.loans.tables import loan_terms
from services.financial.infrastructure.tables import accounts
from services.shared.domain.ids import AccountId, UserId


class PostgresLoanRepository:
    """Implements LoanRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, user_id: UserId, account_id: AccountId, terms: LoanTerms, now: datetime) -> None:
        """Insert the row, or put it in the place of the account's."""
        values = {
            "account_id": account_id,
            "user_id": user_id,
            "purpose": terms.purpose.value,
            "principal": terms.principal,
            "annual_rate_percent": terms.annual_rate_percent,
            "months": terms.months,
            "first_due_on": terms.first_due_on,
            "updated_at": now,
        }
        statement = postgresql.insert(loan_terms).values(**values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[loan_terms.c.account_id], set_=values)
        )


class PostgresLoansUnitOfWork(PostgresCountingUnitOfWork):
    """Implements LoansUnitOfWork: the repositories share its connection."""

    accounts: AccountRepository
    loans: LoanRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.accounts = PostgresAccountRepository(self.connection)
        self.loans = PostgresLoanRepository(self.connection)
        return self


class PostgresLoanReader:
    """Implements LoanReader."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def loans(self, user_id: UserId) -> list[StoredLoan]:
        """Read the rows with their accounts."""
        query = (
            select(loan_terms, accounts.c.name, accounts.c.currency)
            .join(accounts, accounts.c.id == loan_terms.c.account_id)
            .where(loan_terms.c.user_id == user_id, accounts.c.user_id == user_id)
            .order_by(func.lower(accounts.c.name), accounts.c.id)
        )
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [
            StoredLoan(
                row["account_id"],
                row["name"],
                row["currency"],
                LoanTerms(
                    principal=row["principal"],
                    annual_rate_percent=row["annual_rate_percent"],
                    months=row["months"],
                    first_due_on=row["first_due_on"],
                    purpose=LoanPurpose(row["purpose"]),
                ),
            )
            for row in rows
        ]
