"""The caller's API keys."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses
from services.user.application.api_keys.create_api_key import CreateApiKeyRequest
from services.user.application.api_keys.list_api_keys import ListApiKeysRequest
from services.user.application.api_keys.revoke_api_key import RevokeApiKeyRequest
from services.user.application.api_keys.use_cases import ApiKeyUseCases
from services.user.domain.api_key import GRANTABLE, ApiKeyId

_SCOPES = f"What it may do, of {', '.join(sorted(GRANTABLE))}."


class CreateApiKeyBody(BaseModel):
    """A new key: for what, and until when (a year at most, or until it is revoked)."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "my dashboard", "scopes": ["finance:read"]}]}
    )

    name: str = Field(max_length=200, description="1 to 80 characters")
    scopes: list[str] = Field(min_length=1, max_length=len(GRANTABLE), description=_SCOPES)
    expires_at: datetime | None = None


class ApiKeyResponse(BaseModel):
    """A key as its owner sees it. `hint` is its beginning."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    hint: str = Field(examples=["nvsh_Q2x9"])
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class CreatedApiKeyResponse(BaseModel):
    """A new key with its text, which is shown this once. Send it as `Authorization: Bearer`."""

    api_key: ApiKeyResponse
    key: str


class ApiKeysResponse(BaseModel):
    """The keys that work, newest first."""

    model_config = ConfigDict(from_attributes=True)

    api_keys: list[ApiKeyResponse]


def build_api_key_router(use_cases: ApiKeyUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/api-keys`, for a person who is logged in: a key makes no keys."""
    router = APIRouter(prefix="/api-keys", tags=["api keys"], responses=problem_responses(401, 403, 422, 429))
    caller = Annotated[Identity, Depends(current_user)]

    @router.post("", status_code=201, responses=problem_responses(400, 409, 413), summary="Make an API key")
    async def create(user: caller, body: CreateApiKeyBody, response: Response) -> CreatedApiKeyResponse:
        """A key for a program of yours, with some of your scopes."""
        response.headers["Cache-Control"] = "no-store"
        created = await use_cases.create(
            CreateApiKeyRequest(user_id=user.user_id, name=body.name, scopes=body.scopes, expires_at=body.expires_at)
        )
        return CreatedApiKeyResponse(api_key=ApiKeyResponse.model_validate(created.api_key), key=created.text)

    @router.get("", summary="List the API keys")
    async def list_keys(user: caller) -> ApiKeysResponse:
        """Yours that work; never their texts."""
        return ApiKeysResponse.model_validate(await use_cases.list(ListApiKeysRequest(user_id=user.user_id)))

    @router.delete("/{api_key_id}", status_code=204, responses=problem_responses(404), summary="Revoke an API key")
    async def revoke(user: caller, api_key_id: UUID) -> None:
        """It is refused from the next request on. Revoking it twice is no error."""
        await use_cases.revoke(RevokeApiKeyRequest(user_id=user.user_id, api_key_id=ApiKeyId(api_key_id)))

    return router
