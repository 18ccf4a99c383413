"""Erasing one's own account."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, model_validator

from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses
from services.user.application.erasure.erase_account import EraseAccountRequest
from services.user.application.erasure.reauthenticate import ReauthenticateRequest
from services.user.application.erasure.use_cases import ErasureUseCases
from services.user.presentation.schemas import Line, Token


class EraseAccountBody(BaseModel):
    """That it is really you: your password, or a Firebase ID token of a sign-in within the last five minutes."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"password": "a long sentence is best"}]})

    password: Line | None = None
    id_token: Token | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if (self.password is None) == (self.id_token is None):
            raise ValueError("send either the password or an id_token")
        return self


class ErasureResponse(BaseModel):
    """The account is erased; `id` is a reference that tells nothing of you."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    requested_at: datetime


def build_erasure_router(use_cases: ErasureUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`DELETE /users/me`, for a person who is logged in: no key erases its owner."""
    router = APIRouter(prefix="/users", tags=["users"])
    caller = Annotated[Identity, Depends(current_user)]

    @router.delete(
        "/me",
        status_code=202,
        responses=problem_responses(400, 401, 403, 404, 422, 429, 503),
        summary="Erase your account and all that is kept of you",
    )
    async def erase_me(user: caller, body: EraseAccountBody, request: Request) -> ErasureResponse:
        """Sessions and API keys end at once; the rest goes from every store within moments. It cannot be undone."""
        address = request.client.host if request.client else ""
        await use_cases.reauthenticate(
            ReauthenticateRequest(user_id=user.user_id, password=body.password, id_token=body.id_token, address=address)
        )
        return ErasureResponse.model_validate(await use_cases.erase_account(EraseAccountRequest(user_id=user.user_id)))

    return router
