"""The user context's transaction on PostgreSQL."""

from __future__ import annotations

from typing import Self

from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork
from services.user.infrastructure.postgres_api_keys import PostgresApiKeyRepository
from services.user.infrastructure.postgres_erasures import PostgresErasureRepository
from services.user.infrastructure.postgres_refresh_tokens import PostgresRefreshTokenRepository
from services.user.infrastructure.postgres_users import PostgresUserRepository


class PostgresUserUnitOfWork(PostgresUnitOfWork):
    """UserUnitOfWork."""

    users: PostgresUserRepository
    refresh_tokens: PostgresRefreshTokenRepository
    api_keys: PostgresApiKeyRepository
    erasures: PostgresErasureRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.users = PostgresUserRepository(self.connection)
        self.refresh_tokens = PostgresRefreshTokenRepository(self.connection)
        self.api_keys = PostgresApiKeyRepository(self.connection)
        self.erasures = PostgresErasureRepository(self.connection)
        return self
