"""The transaction of the user context."""

from collections.abc import Callable
from typing import Protocol

from services.shared.application.unit_of_work import UnitOfWork
from services.user.domain.repositories import (
    ApiKeyRepository,
    ErasureRepository,
    RefreshTokenRepository,
    UserRepository,
)


class UserUnitOfWork(UnitOfWork, Protocol):
    """A transaction over users and their refresh tokens."""

    @property
    def users(self) -> UserRepository:
        """Users in this transaction."""
        ...

    @property
    def refresh_tokens(self) -> RefreshTokenRepository:
        """Refresh tokens in this transaction."""
        ...

    @property
    def api_keys(self) -> ApiKeyRepository:
        """API keys in this transaction."""
        ...

    @property
    def erasures(self) -> ErasureRepository:
        """Erasures in this transaction."""
        ...


UserUnitOfWorkFactory = Callable[[], UserUnitOfWork]
