"""The bodies of the user context's requests and responses."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from services.user.application.views import ProfileView, SessionView

# Only what keeps a body from being absurd; the domain has the rules and their words.
Line = Annotated[str, Field(max_length=1024)]
Token = Annotated[str, Field(min_length=1, max_length=4096)]

_USER: JsonDict = {
    "id": "019a8f4e-6f0a-7c3e-9a51-6f0d6f0a7c3e",
    "email": "asha@example.in",
    "first_name": "Asha",
    "last_name": "Rao",
    "kyc_status": "pending",
    "timezone": "Asia/Kolkata",
    "currency": "INR",
    "created_at": "2026-11-24T09:30:00Z",
}


class RegisterRequest(BaseModel):
    """A new account. The password has 8 to 128 characters and is not the email."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "email": "asha@example.in",
                    "password": "a long sentence is best",
                    "first_name": "Asha",
                    "last_name": "Rao",
                }
            ]
        },
    )

    email: Line
    password: Line
    first_name: Line
    last_name: Line = ""


class LoginRequest(BaseModel):
    """An email and its password."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"email": "asha@example.in", "password": "a long sentence is best"}]},
    )

    email: Line
    password: Line


class RefreshTokenRequest(BaseModel):
    """The refresh token as the last response gave it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"refresh_token": "mFq7c0J2b1mV0kq3l9yq1o3l0Zk2m4n6p8r0t2v4x6A"}]},
    )

    refresh_token: Token


class FirebaseRequest(BaseModel):
    """The ID token that Firebase's client library gave."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"id_token": "eyJhbGciOiJSUzI1NiIsImtpZCI6Ij…"}]}
    )

    id_token: Token


class ProfileRequest(BaseModel):
    """What to change of the profile; what is left out stays."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"first_name": "Asha", "timezone": "Asia/Kolkata"}]}
    )

    first_name: Line | None = None
    last_name: Line | None = None
    timezone: Line | None = None


class UserResponse(BaseModel):
    """A person's profile."""

    model_config = ConfigDict(json_schema_extra={"examples": [_USER]})

    id: UUID
    email: str
    first_name: str
    last_name: str
    kyc_status: Literal["pending", "verified", "rejected"]
    timezone: str
    currency: str
    created_at: datetime

    @classmethod
    def of(cls, profile: ProfileView) -> UserResponse:
        """The response that shows a profile."""
        return cls.model_validate(
            {
                "id": profile.user_id,
                "email": profile.email,
                "first_name": profile.first_name,
                "last_name": profile.last_name,
                "kyc_status": profile.kyc_status,
                "timezone": profile.timezone,
                "currency": profile.currency,
                "created_at": profile.created_at,
            }
        )


class SessionResponse(BaseModel):
    """A session. Send the access token as `Authorization: Bearer`; refresh it before `expires_in` seconds are over."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "user": _USER,
                    "access_token": "eyJhbGciOiJFZERTQSIsImtpZCI6Ij…",
                    "refresh_token": "mFq7c0J2b1mV0kq3l9yq1o3l0Zk2m4n6p8r0t2v4x6A",
                    "token_type": "bearer",
                    "expires_in": 900,
                }
            ]
        }
    )

    user: UserResponse
    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_in: int = Field(description="Seconds for which the access token is valid.")

    @classmethod
    def of(cls, session: SessionView) -> SessionResponse:
        """The response that hands a session out."""
        return cls(
            user=UserResponse.of(session.user),
            access_token=session.tokens.access_token,
            refresh_token=session.tokens.refresh_token,
            expires_in=session.tokens.expires_in,
        )
