"""Users in PostgreSQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.shared.domain.ids import UserId
from services.user.domain.email import Email
from services.user.domain.errors import EmailTakenError
from services.user.domain.external_identity import ExternalIdentity
from services.user.domain.repositories import Credentials
from services.user.domain.user import User
from services.user.infrastructure.mappers import to_user, user_row
from services.user.infrastructure.tables import external_identities, users


class PostgresUserRepository:
    """UserRepository on one connection, inside its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, user: User, password_hash: str | None) -> None:
        """Keep a new user. EmailTakenError when the email is registered already; the transaction is over then."""
        try:
            await self._connection.execute(insert(users).values(user_row(user) | {"password_hash": password_hash}))
        except IntegrityError as error:
            if getattr(error.driver_exception, "constraint_name", None) == "uq_users_email":
                raise EmailTakenError from error
            raise

    async def get(self, user_id: UserId) -> User | None:
        """The user of this id."""
        row = (await self._connection.execute(_where(users.c.id == user_id))).one_or_none()
        return to_user(row) if row else None

    async def find_by_email(self, email: Email) -> Credentials | None:
        """The user of this email, with what the password is checked against."""
        row = (await self._connection.execute(_where(users.c.email == email.address))).one_or_none()
        return Credentials(to_user(row), row.password_hash) if row else None

    async def find_by_external_identity(self, provider: str, subject: str) -> User | None:
        """The user who signs in as this subject of a provider."""
        linked = select(external_identities.c.user_id).where(
            external_identities.c.provider == provider, external_identities.c.subject == subject
        )
        row = (await self._connection.execute(_where(users.c.id.in_(linked)))).one_or_none()
        return to_user(row) if row else None

    async def link(self, user_id: UserId, identity: ExternalIdentity, at: datetime) -> None:
        """Let the user sign in as this identity from now on."""
        row = {"provider": identity.provider, "subject": identity.subject, "user_id": user_id, "created_at": at}
        await self._connection.execute(insert(external_identities).values(row))

    async def save(self, user: User) -> None:
        """Keep a user's changed profile."""
        await self._connection.execute(update(users).where(users.c.id == user.id).values(user_row(user)))

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Keep a stronger hash of the same password."""
        await self._connection.execute(update(users).where(users.c.id == user_id).values(password_hash=password_hash))

    async def lock(self, user_id: UserId) -> bool:
        """Lock the row, which every row that refers to it needs; whether it is there."""
        query = select(users.c.id).where(users.c.id == user_id).with_for_update()
        return (await self._connection.execute(query)).first() is not None

    async def delete(self, user_id: UserId) -> None:
        """Delete the row, and with it those that refer to it."""
        await self._connection.execute(delete(users).where(users.c.id == user_id))


class PostgresUserReader:
    """UserReader straight from PostgreSQL, a connection of the pool per read."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, user_id: UserId) -> User | None:
        """The user of this id."""
        async with connect(self._engine) as connection:
            return await PostgresUserRepository(connection).get(user_id)


def _where(condition: ColumnElement[bool]) -> Select[Any]:
    return select(users).where(condition)
