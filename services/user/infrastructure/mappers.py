"""Rows of the user context to entities, and back."""

import dataclasses
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.shared.domain.ids import UserId
from services.user.domain.email import Email
from services.user.domain.person_name import PersonName
from services.user.domain.refresh_token import RefreshToken, SessionId
from services.user.domain.roles import Role
from services.user.domain.user import KycStatus, User


def to_user(row: Row[Any]) -> User:
    """The user in a row of `users`."""
    return User(
        id=UserId(row.id),
        email=Email(row.email),
        name=PersonName(row.first_name, row.last_name),
        kyc_status=KycStatus(row.kyc_status),
        timezone=row.timezone,
        currency=row.currency,
        roles=frozenset(Role(role) for role in row.roles),
        created_at=row.created_at,
    )


def user_row(user: User) -> dict[str, object]:
    """The row of a user, without the password's hash."""
    return {
        "id": user.id,
        "email": user.email.address,
        "first_name": user.name.first,
        "last_name": user.name.last,
        "kyc_status": user.kyc_status.value,
        "timezone": user.timezone,
        "currency": user.currency,
        "roles": sorted(role.value for role in user.roles),
        "created_at": user.created_at,
    }


def to_refresh_token(row: Row[Any]) -> RefreshToken:
    """The token in a row of `refresh_tokens`."""
    return RefreshToken(
        id=UUID(str(row.id)),
        session_id=SessionId(row.session_id),
        user_id=UserId(row.user_id),
        token_hash=bytes(row.token_hash),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )


def refresh_token_row(token: RefreshToken) -> dict[str, object]:
    """The row of a refresh token."""
    return {field.name: getattr(token, field.name) for field in dataclasses.fields(token)}
